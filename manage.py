#!/usr/bin/env python3
"""Django's command line for Krabuan; needs no environment variable after `make setup`."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    # only now: Django reads the settings while it is imported
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
