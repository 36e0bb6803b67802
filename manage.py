#!/usr/bin/env python3
"""The door to every command of this project."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pain_site.settings")
    if sys.argv[1:2] == ["demo"]:
        os.environ.setdefault("DEMONSTRATION", "1")
    if sys.argv[1:] in (["version"], ["--version"]):
        from pain_site.version import VERSION

        print(VERSION)
        return
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
