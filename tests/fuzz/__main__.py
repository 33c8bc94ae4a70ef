"""`python -m tests.fuzz [TARGET...]`: mutated inputs for what reads bytes, until the time is over.

Inputs that dateline fails on, or computes on for more than ten seconds, are written to the folder of `--out`, each named by its
target. With `--guided` inputs are chosen by what code they reach, by atheris (`pip install atheris`), one target a run.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
import traceback
from itertools import islice
from pathlib import Path

SLOW = 10.0


def main() -> int:
    """Run; the status is 1 where anything was found."""
    asked = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    asked.add_argument("targets", nargs="*")
    asked.add_argument("--inputs", type=int, default=1_000_000, help="inputs a target at the most")
    asked.add_argument("--seconds", type=float, default=60.0, help="seconds a target at the most")
    asked.add_argument("--seed", type=int, default=int(time.time()))
    asked.add_argument("--out", type=Path, default=Path("fuzz-found"))
    asked.add_argument("--guided", action="store_true")
    options = asked.parse_args()
    if options.guided:
        return _guided(options)
    from tests.fuzz.targets import TARGETS

    failures = 0
    for name in options.targets or TARGETS:
        tried, failed = _run(name, options)
        failures += failed
        print(f"{name}: {tried:,} inputs, {failed} failures, seed {options.seed}", flush=True)
    return 1 if failures else 0


def _run(name: str, options: argparse.Namespace) -> tuple[int, int]:
    """How many inputs were tried, and how many different failures they gave."""
    from dateline.time_limit import OutOfTime, time_limit
    from tests.fuzz.mutating import mutations
    from tests.fuzz.targets import TARGETS, seeds

    sites: set[str] = set()
    tried, until = 0, time.monotonic() + options.seconds
    for data in islice(mutations(seeds(name), random.Random(options.seed)), options.inputs):
        if time.monotonic() > until:
            break
        tried += 1
        try:
            with time_limit(SLOW):
                TARGETS[name](data)
        except (Exception, OutOfTime) as error:  # noqa: BLE001 - this is what is looked for
            frames = traceback.extract_tb(error.__traceback__)
            site = f"{type(error).__name__} {frames[-1].filename}:{frames[-1].lineno}"
            if site not in sites:
                sites.add(site)
                print(f"{name}: {site}: {error}\n  kept as {_keep(name, data, options.out)}", file=sys.stderr)
    return tried, len(sites)


def _keep(name: str, data: bytes, out: Path) -> Path:
    path = out / name / hashlib.sha256(data).hexdigest()[:12]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def _guided(options: argparse.Namespace) -> int:
    import atheris

    with atheris.instrument_imports(include=["dateline", "feedparser", "htmldate"]):
        from tests.fuzz.targets import SEEDS, TARGETS
    (name,) = options.targets
    out = options.out / name
    out.mkdir(parents=True, exist_ok=True)
    settings = [f"-max_total_time={options.seconds:.0f}", f"-runs={options.inputs}", f"-seed={options.seed}"]
    settings += ["-max_len=4096", "-timeout=30", f"-artifact_prefix={out}/"]
    corpus = out / "corpus"
    corpus.mkdir(exist_ok=True)
    atheris.Setup([sys.argv[0], *settings, str(corpus), str(SEEDS / name)], TARGETS[name])
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
