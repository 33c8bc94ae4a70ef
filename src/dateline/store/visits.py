"""Which addresses were fetched, and what their servers said, so that a feed is asked only for what is new."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

from dateline.records import Visit


@dataclass(slots=True)
class Visits:
    """Visits of addresses, kept in the notebook when its articles are: see `keep`."""

    _connection: sqlite3.Connection
    _waiting: dict[str, Visit] = field(default_factory=dict)

    def recall(self, address: str) -> Visit | None:
        """The last visit of an address, or None where there was none."""
        if address in self._waiting:
            return self._waiting[address]
        row = self._connection.execute(
            "SELECT etag, modified FROM visit WHERE address = ?", (address,)
        ).fetchone()
        return Visit(row[0], row[1]) if row else None

    def remember(self, address: str, visit: Visit) -> None:
        """Hold a visit until its articles are saved."""
        self._waiting[address] = visit

    def keep(self) -> None:
        """Write what was held; call it once the articles that were taken so far are saved."""
        with self._connection:
            self._connection.executemany(
                "INSERT OR REPLACE INTO visit VALUES (?, ?, ?)",
                [(address, visit.etag, visit.modified) for address, visit in self._waiting.items()],
            )
        self._waiting.clear()
