"""Schedules and Prefect: the only folder that imports prefect."""
