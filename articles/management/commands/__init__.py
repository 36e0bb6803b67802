"""One file per command; `manage.py COMMAND --help` says what each takes."""
