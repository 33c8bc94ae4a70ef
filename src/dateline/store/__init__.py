"""The notebook's file: one SQLite database that saves and loads records and knows no rules."""

from dateline.store.sheets import RecentSheets
from dateline.store.sqlite import Membership, Store, open_store

__all__ = ["Membership", "RecentSheets", "Store", "open_store"]
