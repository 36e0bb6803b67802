"""A small invented newsroom with sound medicine: what `manage.py demo` shows. A real site never loads it."""
