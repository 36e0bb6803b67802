"""What granian's own process says, as JSON lines. It does not load the site, and so has not the site's log."""

import json
import logging
from datetime import UTC, datetime


class JsonLines(logging.Formatter):
    """The names are those of the site's entries."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "event": record.getMessage(),
            "logger": record.name,
            "level": record.levelname.lower(),
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z"),
        }
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)
