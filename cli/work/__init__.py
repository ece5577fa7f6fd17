"""Verbs that work: settings, outlets, loads, runs, backfills and schedules."""
