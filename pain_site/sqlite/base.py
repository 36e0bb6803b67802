"""A connection that stays open from request to request, as long as the file that it opened is the database.

Opening one costs more than most pages: SQLite parses a schema of a hundred triggers. It holds no snapshot between two
statements, so the log beside the file is folded back into it as before.
"""

import os
from typing import Any

from django.db.backends.sqlite3 import base

File = tuple[int, int]


class DatabaseWrapper(base.DatabaseWrapper):
    opened: File | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        self.opened = self._file()
        return connection

    def is_usable(self) -> bool:
        """Asked once a request (CONN_HEALTH_CHECKS): what was moved or copied into its place is opened anew."""
        return self._file() == self.opened

    def _file(self) -> File | None:
        """None where it is a database in memory, or where it was removed."""
        try:
            status = os.stat(self.settings_dict["NAME"])
        except OSError:
            return None
        return status.st_dev, status.st_ino
