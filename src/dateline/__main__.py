"""The command, from its first line: orders to stop are heard before anything else is loaded."""

from __future__ import annotations

import atexit
import os
import signal
import sys
from types import FrameType

from dateline.errors import Stopped
from dateline.stop_signals import STOPS, forget, obey


def _leave(order: int, _frame: FrameType | None) -> None:
    # nothing is open yet, or nothing any more
    os.write(2, b"dateline: stopped\n")
    os._exit(128 + order)


def _on_stop(handler: object) -> None:
    for order in STOPS:
        # what was started to pass over Ctrl-C (nohup, a shell's background) goes on doing so
        if signal.getsignal(order) is not signal.SIG_IGN:
            signal.signal(order, handler)  # type: ignore[arg-type]


def main() -> None:
    """Run the command. Exit status: 0 done, 1 some input could not be read, 2 wrong usage, 130 or 143 stopped."""
    _on_stop(_leave)
    # all is done and said by then; while Python winds up it hears no handler of ours, and the status would be lost
    atexit.register(_on_stop, signal.SIG_IGN)
    status: int | str | None = 0
    try:
        run()
    except SystemExit as end:
        status = end.code
    except Stopped as stop:
        status = stop.status
        print("dateline: stopped", file=sys.stderr)
    finally:
        _on_stop(_leave)
        forget()
    sys.exit(status)


def run() -> None:
    """Load the command and run it; an order to stop ends the process at once until all is loaded."""
    from dateline import cli

    _on_stop(obey)
    cli.main()


if __name__ == "__main__":
    main()
