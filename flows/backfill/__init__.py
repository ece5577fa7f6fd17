"""Work archived articles again: the plan, the work and the report."""
