"""Answers written in the forms that people take away: CSV, JSON, Markdown, XLSX, Parquet."""
