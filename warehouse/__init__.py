"""All storage: DuckLake, WARC archive, queries, checks. Nobody else imports duckdb."""
