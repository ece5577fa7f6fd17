"""Stages: pure functions on batches. They know news; they know neither storage, Prefect nor the clock."""
