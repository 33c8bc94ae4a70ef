"""The notebook: a database, SQLite's or PostgreSQL's, that saves and loads records and knows no rules."""

from dateline.store.addresses import is_address, shown_name
from dateline.store.database import Finding
from dateline.store.lock import WAIT, FileLock
from dateline.store.opening import open_store
from dateline.store.readings import Rows
from dateline.store.store import Membership, Placed, Store, Trouble
from dateline.store.story_views import PackedView, RecentViews

__all__ = [
    "WAIT",
    "FileLock",
    "Finding",
    "Membership",
    "PackedView",
    "Placed",
    "RecentViews",
    "Rows",
    "Store",
    "Trouble",
    "is_address",
    "open_store",
    "shown_name",
]
