"""Outlets followed: feeds, sitemaps, section pages and how far each has been read."""
