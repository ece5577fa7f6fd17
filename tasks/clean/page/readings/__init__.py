"""Readings of a page: which of its lines are the article."""
