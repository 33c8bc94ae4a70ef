"""Making anew what a notebook derives: indexes, decisions, views. Articles are left alone."""

from __future__ import annotations

import sqlite3


def make_indexes(connection: sqlite3.Connection) -> None:
    """Make every index anew, that of the full-text search too."""
    with connection:
        connection.execute("REINDEX")
        connection.execute("INSERT INTO article_words (article_words) VALUES ('rebuild')")


def forget_stories(connection: sqlite3.Connection) -> None:
    """Forget all that was decided and worked out, so that it is made anew."""
    with connection:
        for table in ("membership", "filing", "checkpoint", "piece", "sheet"):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("DELETE FROM trouble WHERE stage = 'filing'")
        connection.execute("INSERT INTO filing_run DEFAULT VALUES")


def forget_views(connection: sqlite3.Connection) -> None:
    """Forget all that was worked out."""
    with connection:
        for table in ("sheet", "checkpoint", "piece"):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("INSERT INTO filing_run DEFAULT VALUES")
