"""A connection that does not wait for ever: one that sends no whole request head is closed."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

SECONDS = 10.0
"""How long the head of a request may take to come."""


class Connection(H11Protocol):
    """uvicorn's own, which has a limit for idle connections but none for half a request."""

    _limit: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to count."""
        super().connection_made(transport)
        self._limit = self.loop.call_later(SECONDS, transport.close)

    def data_received(self, data: bytes) -> None:
        """Stop counting where a request is whole, and begin again with the next."""
        if self._limit is None and not self._is_answering():
            self._limit = self.loop.call_later(SECONDS, self.transport.close)
        super().data_received(data)
        if self._is_answering():
            self._stop()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is left to count for."""
        self._stop()
        super().connection_lost(exc)

    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _stop(self) -> None:
        if self._limit is not None:
            self._limit.cancel()
            self._limit = None
