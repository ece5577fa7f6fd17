"""Verbs that ask and never write."""
