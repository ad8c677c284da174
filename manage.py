#!/usr/bin/env python
"""Django's command line; `sh run.sh manage …` starts the engines around it."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiaxing_titles.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
