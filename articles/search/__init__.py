"""The one door to full-text search, on SQLite (FTS5) and PostgreSQL: what is live is found, and nothing else."""
