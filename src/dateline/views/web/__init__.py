"""The web page: a FastAPI application that renders what the notebook gives. Needs the extra `web`."""

from dateline.views.web.app import create
from dateline.views.web.server import serve

__all__ = ["create", "serve"]
