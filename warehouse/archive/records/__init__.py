"""WARC records: made, checked, and read back from their bytes."""
