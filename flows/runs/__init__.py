"""A run: its row, its steps and the notices of its end."""
