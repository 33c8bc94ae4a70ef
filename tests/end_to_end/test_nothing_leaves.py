"""No command opens a socket, and none writes outside its notebook: watched by the system where strace is, by Python elsewhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.end_to_end.processes import SCRIPT, write_reports

COMMANDS = (
    ("--help",),
    ("add", "news", "--notebook", "n.db"),
    ("add", "news", "--notebook", "two.db", "--workers", "2"),
    ("stories", "--notebook", "n.db"),
    ("search", "bridge", "--notebook", "n.db"),
    ("check", "--notebook", "n.db"),
    ("export", "--to", "html", "--notebook", "n.db"),
    ("tag", "news/0001.txt"),
)
# what sharing work among processes needs, and what is no file
_MAY_WRITE = re.compile(r"/dev/(?:null|tty|shm/(?:sem\.|pymp-|[\w-]+)|ptmx|pts/)|/proc/self/")
# a library under the HTML reader tries, while it is imported, whether this machine knows IPv6: it connects to nothing
_TRIES_IPV6 = re.compile(r"socket\(AF_INET6, SOCK_STREAM\|SOCK_CLOEXEC, IPPROTO_IP\)")
_CALL = re.compile(r"(socket|connect|sendto|openat|open|creat|mkdir|mkdirat|rename\w*)\((.*)")
_PATH = re.compile(r'"((?:[^"\\]|\\.)*)"')


@pytest.fixture
def place(tmp_path: Path) -> Path:
    for name in ("work", "home", "temporary"):
        (tmp_path / name).mkdir()
    write_reports(tmp_path / "work" / "news", 12)
    return tmp_path


def environment(place: Path, **more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "DATELINE_", "ORT_"))}
    homes = {"HOME": str(place / "home"), "TMPDIR": str(place / "temporary"), "PYTHONDONTWRITEBYTECODE": "1"}
    return kept | homes | more


def left_in(folder: Path) -> list[str]:
    return [str(p.relative_to(folder)) for p in folder.rglob("*")]


def faults(trace: str, work: Path) -> list[str]:
    """The calls of a trace that open a socket, or a file to be written outside `work`."""
    found = []
    for line in trace.splitlines():
        call = _CALL.search(line)
        if call is None or " = -1 " in line:
            continue
        name, rest = call.groups()
        if name in ("socket", "connect", "sendto"):
            if not _TRIES_IPV6.search(line):
                found.append(line)
            continue
        if name in ("openat", "open") and not re.search(r"O_WRONLY|O_RDWR|O_CREAT", rest):
            continue
        for path in _PATH.findall(rest):
            absolute = path.startswith("/")
            if not _MAY_WRITE.match(path) and absolute and not path.startswith(str(work)):
                found.append(line)
    return found


@pytest.mark.skipif(shutil.which("strace") is None, reason="no strace on this machine")
@pytest.mark.parametrize("command", COMMANDS[1:3])
def test_the_system_sees_no_socket_and_no_file_but_the_notebook(
    place: Path, command: tuple[str, ...]
) -> None:
    trace = place / "trace"
    watched = ["strace", "-f", "-qq", "-o", str(trace), "-e", "trace=socket,connect,sendto,open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2"]  # fmt: skip
    done = subprocess.run(
        [*watched, sys.executable, str(SCRIPT), *command],
        cwd=place / "work",
        env=environment(place),
        capture_output=True,
        check=False,
    )
    if b"PTRACE" in done.stderr or b"ptrace" in done.stderr:
        pytest.skip("strace may not look at processes here")
    assert done.returncode == 0, done.stderr.decode()
    assert faults(trace.read_text(encoding="utf-8", errors="replace"), place / "work") == []
    assert left_in(place / "home") == []


WATCH = """
import os, sys
where = os.environ["MAY_WRITE"]
def hear(event, args):
    fault = None
    tries_ipv6 = event == "socket.__new__" and args[1] == 10 or event == "socket.bind" and args[1] == ("::1", 0)
    if event.startswith("socket.") and event != "socket.gethostname" and not tries_ipv6:
        fault = event
    elif event == "open" and isinstance(args[0], (str, bytes)) and isinstance(args[2], int):
        path = os.fsdecode(args[0])
        if args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) and not path.startswith("/dev/"):
            if not os.path.realpath(path).startswith(where):
                fault = f"open {path}"
    elif event == "sqlite3.connect" and not os.path.realpath(os.fsdecode(args[0]).removeprefix("file:")).startswith(where):
        fault = f"sqlite3 {args[0]}"
    if fault:
        with open(os.environ["FAULTS"], "a") as out:
            out.write(f"{fault} {args}\\n")
sys.addaudithook(hear)
"""


def test_python_sees_none_either_and_home_stays_as_it_was(place: Path) -> None:
    (place / "hooks").mkdir()
    (place / "hooks" / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    work = (place / "work").resolve()
    paths = os.pathsep.join([str(place / "hooks"), *os.environ.get("PYTHONPATH", "").split(os.pathsep)])
    own = environment(place, PYTHONPATH=paths, MAY_WRITE=str(work), FAULTS=str(work / "faults"))
    offline = ["unshare", "-rn"] if _can_go_offline() else []
    for command in COMMANDS:
        line = [*offline, sys.executable, str(SCRIPT), *command]
        done = subprocess.run(line, cwd=work, env=own, capture_output=True, check=False)
        assert done.returncode == 0, (command, done.stderr.decode())
        assert not (work / "faults").exists(), (command, (work / "faults").read_text(encoding="utf-8"))
        assert left_in(place / "home") == []
        assert left_in(place / "temporary") == []


def _can_go_offline() -> bool:
    unshare = shutil.which("unshare")
    return unshare is not None and subprocess.run([unshare, "-rn", "true"], check=False).returncode == 0
