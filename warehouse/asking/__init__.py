"""Questions to the lake: SQL of users, search, checks and marts."""
