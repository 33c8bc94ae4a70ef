"""A PostgreSQL server of the tests' own, on loopback, with a schema for each notebook."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

USER = "dateline"
_TRIES = 5
"""Somebody may take a port between its choice and the start."""


def programs() -> Path | None:
    """The folder of the newest server that is installed, or None."""
    found = [p.parent for p in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if on_path := shutil.which("initdb"):
        found.append(Path(on_path).resolve().parent)
    return max(found, key=lambda p: (p.parent.name.isdigit() and int(p.parent.name), str(p)), default=None)


def missing() -> str | None:
    """What a server of the tests' own lacks on this machine, in words."""
    if programs() is None:
        return "no PostgreSQL server is installed"
    return None if find_spec("psycopg") else "psycopg is not installed"


class Server:
    """A server that runs; `address` is that of its database, as its owner."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.address = self.address_for(USER)

    def address_for(self, user: str, password: str | None = None, schema: str | None = None) -> str:
        """The address of the database for a user, in a schema."""
        known = user if password is None else f"{user}:{quote(password, safe='')}"
        chosen = f"?options=-csearch_path%3D{schema}" if schema else ""
        return f"postgresql://{known}@127.0.0.1:{self.port}/postgres{chosen}"

    def execute(self, *statements: str) -> None:
        """Run statements as the owner."""
        import psycopg

        with psycopg.connect(self.address, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def fresh(self) -> str:
        """The address of a schema of its own that holds no notebook yet."""
        return self.address_for(USER, schema=self.fresh_schema())

    def fresh_schema(self) -> str:
        """The name of a new schema."""
        name = f"n{secrets.token_hex(6)}"
        self.execute(f"CREATE SCHEMA {name}")
        return name


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as tried:
        return int(tried.getsockname()[1])


@contextmanager
def running() -> Iterator[Server]:
    """A server of its own that ends with the block; call it where nothing is `missing`."""
    bin_folder = programs()
    assert bin_folder is not None
    # a short name that every user reaches: a socket's path has 107 characters at the most
    folder = Path(tempfile.mkdtemp(prefix="dl-pg-", dir="/tmp"))
    as_user: list[str] = []
    if os.geteuid() == 0:
        # the server refuses to run as root
        shutil.chown(folder, "nobody")
        as_user = ["setpriv", "--reuid=nobody", "--clear-groups"]
    data = folder / "data"
    # a user that is called so is asked for a password
    auth = folder / "hba"
    auth.write_text(
        "host all locked 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\nlocal all all trust\n"
    )
    settings = (
        f"-k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c hba_file={auth}"
        " -c full_page_writes=off -c autovacuum=off -c max_connections=50 -c shared_buffers=32MB"
    )

    def run(program: str, *words: str) -> None:
        command = [*as_user, str(bin_folder / program), *words]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stdout}{done.stderr}")

    def start() -> int:
        for _ in range(_TRIES):
            port = _free_port()
            with suppress(RuntimeError):
                run("pg_ctl", "-D", str(data), "-w", "-t", "120", "-l", str(folder / "log"), "-o", f"-p {port} {settings}", "start")  # fmt: skip
                return port
        raise RuntimeError((folder / "log").read_text())

    try:
        run("initdb", "-D", str(data), "-U", USER, "-A", "trust", "-N", "-E", "UTF8", "--locale=C.UTF-8")
        port = start()
        try:
            yield Server(port)
        finally:
            run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
