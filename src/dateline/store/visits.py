"""Which addresses were fetched, and what their servers said, so that a feed is asked only for what is new."""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.records import Validators
from dateline.store.database import Database


@dataclass(slots=True)
class Visits:
    """What servers said of their addresses, kept in the notebook when its articles are: see `keep`."""

    _database: Database
    _waiting: dict[str, Validators] = field(default_factory=dict)

    def recall(self, address: str) -> Validators | None:
        """What the server of an address said last, or None where it was never fetched."""
        if address in self._waiting:
            return self._waiting[address]
        row = self._database.execute(
            "SELECT etag, modified FROM visit WHERE address = ?", (address,)
        ).fetchone()
        return Validators(row[0], row[1]) if row else None

    def remember(self, address: str, validators: Validators) -> None:
        """Hold what it said until its articles are saved."""
        self._waiting[address] = validators

    def keep(self) -> None:
        """Write what was held; call it once the articles that were taken so far are saved."""
        if not self._waiting:
            return
        with self._database.transaction():
            self._database.executemany(
                "INSERT INTO visit VALUES (?, ?, ?)"
                " ON CONFLICT (address) DO UPDATE SET etag = excluded.etag, modified = excluded.modified",
                [(address, told.etag, told.modified) for address, told in self._waiting.items()],
            )
        self._waiting.clear()
