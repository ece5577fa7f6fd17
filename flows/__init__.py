"""Flows join tasks and warehouse. Prefect lives here only."""
