"""The dispatch room over HTTP: orders for whoever works on them, the desk, reference data, people."""

from dispatch.views import desk, orders, people, reference
from dispatch.views.orders import routes, view

ROOMS = (orders.routes, desk.routes, reference.routes, people.routes)
"""Every collection of routes of this room."""

__all__ = ["ROOMS", "routes", "view"]
