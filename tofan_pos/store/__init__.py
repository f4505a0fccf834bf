"""All SQL: the till's SQLite file and head office's database."""
