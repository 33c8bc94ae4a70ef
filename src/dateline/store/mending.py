"""Making anew what a notebook derives: decisions, views. Articles are left alone."""

from __future__ import annotations

from dateline.store.database import Database


def forget_stories(database: Database) -> None:
    """Forget all that was decided and worked out, so that it is made anew."""
    with database.transaction():
        for table in ("membership", "filing", "checkpoint", "piece", "sheet", "listing"):
            database.execute(f"DELETE FROM {table}")
        database.execute("DELETE FROM trouble WHERE stage = 'filing'")
        database.execute("INSERT INTO filing_run DEFAULT VALUES")


def forget_views(database: Database) -> None:
    """Forget all that was worked out."""
    with database.transaction():
        for table in ("sheet", "checkpoint", "piece", "listing"):
            database.execute(f"DELETE FROM {table}")
        database.execute("INSERT INTO filing_run DEFAULT VALUES")
