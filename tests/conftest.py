"""What every test may rely on, whatever the machine and its settings: no deadline but the tests' own, and a plain terminal."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# a loaded machine takes any time for an example, and the same examples are tried everywhere; `--hypothesis-profile=wide` tries others
_NO_CLOCK = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", parent=_NO_CLOCK, derandomize=True)
settings.register_profile("wide", parent=_NO_CLOCK, derandomize=False, print_blob=True)
settings.load_profile("same")

# what would make the command colour what it prints, set it for another width or language, or find another notebook
for _name in list(os.environ):
    if _name.startswith("DATELINE_") and _name != "DATELINE_SHARED":
        del os.environ[_name]
for _name in ("FORCE_COLOR", "PY_COLORS", "CLICOLOR_FORCE", "NO_COLOR", "GITHUB_ACTIONS", "COLUMNS", "LINES", "TERMINAL_WIDTH", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "PYTHONWARNINGS"):  # fmt: skip
    os.environ.pop(_name, None)
