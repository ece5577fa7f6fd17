"""A lake kept small, backed up and moved."""
