"""A story as a picture: an SVG of its reports, entries, disagreements and expectations on one axis of days."""

from dateline.views.picture.axis import Axis, whole
from dateline.views.picture.drawing import draw
from dateline.views.picture.links import InPage, Links

__all__ = ["Axis", "InPage", "Links", "draw", "whole"]
