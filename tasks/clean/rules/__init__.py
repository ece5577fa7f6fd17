"""The cleaning rules: which lines are boilerplate, and why."""
