"""Phrases that name a day or a longer period."""
