"""`python -m dateline` is the command."""

from dateline.cli import main

main()
