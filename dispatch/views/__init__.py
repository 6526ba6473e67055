"""The dispatch room over HTTP: orders for whoever works on them, the desk, cases opened, reference data, people."""

from dispatch.views import cases, desk, orders, people, reference
from dispatch.views.orders import routes, view

ROOMS = (orders.routes, cases.routes, desk.routes, reference.routes, people.routes)
"""Every collection of routes of this room."""

__all__ = ["ROOMS", "routes", "view"]
