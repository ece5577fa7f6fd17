"""A window of articles that is grouped together: what is read for it, and who groups it."""
