"""The notebook's file: one SQLite database that saves and loads records and knows no rules."""

from dateline.store.checking import Finding
from dateline.store.lock import WAIT, WriterLock
from dateline.store.opening import open_store
from dateline.store.salvage import save_what_can_be_read
from dateline.store.sheets import RecentSheets
from dateline.store.sqlite import Membership, Store, Trouble

__all__ = [
    "WAIT",
    "Finding",
    "Membership",
    "RecentSheets",
    "Store",
    "Trouble",
    "WriterLock",
    "open_store",
    "save_what_can_be_read",
]
