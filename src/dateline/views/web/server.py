"""Serving the page: an address to listen on, and the server."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn

from dateline.errors import DatelineError
from dateline.views.web.app import create
from dateline.views.web.connection import Connection
from dateline.views.web.safety import check_address


def serve(
    path: str, host: str, port: int, token: str | None = None, ready: Callable[[str], None] | None = None
) -> None:
    """Serve a notebook until interrupted; `ready` is called with the address. Port 0 takes any free port.

    Raises DatelineError where the address cannot be used or is open to others without a token, NotebookError where the
    notebook cannot be read.
    """
    check_address(host, token)
    app = create(path, token=token, hosts=(host,))
    listening = listen(host, port)
    if ready:
        shown = f"[{host}]" if ":" in host else host
        ready(f"http://{shown}:{listening.getsockname()[1]}/")
    config = uvicorn.Config(app, log_level="warning", server_header=False, lifespan="off", http=Connection)
    uvicorn.Server(config).run(sockets=[listening])


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises DatelineError where that cannot be."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        made = socket.create_server((host, port), family=family)
    except OSError as error:
        raise DatelineError(
            f"{host}:{port}: cannot listen there ({error.strerror or error}); choose another --port or --host"
        ) from error
    # asyncio turns Nagle's algorithm off only where a socket tells its protocol; the delay is 40 ms an answer
    return socket.socket(made.family, made.type, socket.IPPROTO_TCP, made.detach())
