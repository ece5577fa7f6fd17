"""`copydesk backfill` in parts: its options, its actions on one backfill, and what it prints."""
