"""Inputs that are no article: stubs, lists of links, the beginnings that paywalls show."""
