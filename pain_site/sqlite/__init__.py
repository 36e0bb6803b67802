"""Django's backend for SQLite, with connections that stay open (Django looks for its parts under their names)."""
