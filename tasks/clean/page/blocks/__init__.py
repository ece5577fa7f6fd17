"""A page cut into lines in reading order, each with the boxes around it."""
