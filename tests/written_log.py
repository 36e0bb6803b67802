"""What the site's handler of log entries writes, entry by entry."""

import io
import json
import logging

from pain_site import logs


class WrittenLog:
    """Begins in one of the styles; `end` takes the handler away again, if it was put there."""

    handler: logs.Console | None = None

    def begin(self, style: str) -> logs.Console:
        formatter = dict(logs.configuration(style, "info")["formatters"]["entry"])
        self.handler, self.level = logs.Console(), logging.getLogger().level
        self.handler.setStream(io.StringIO())
        self.handler.setFormatter(formatter.pop("()")(**formatter))
        logging.getLogger().addHandler(self.handler)
        logging.getLogger().setLevel(logging.INFO)
        return self.handler

    def end(self) -> None:
        if self.handler is None:
            return
        logging.getLogger().removeHandler(self.handler)
        logging.getLogger().setLevel(self.level)

    def lines(self) -> list[str]:
        return self.handler.stream.getvalue().splitlines()

    def entries(self) -> list[dict]:
        return [json.loads(line) for line in self.lines()]
