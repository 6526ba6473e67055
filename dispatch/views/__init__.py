"""The dispatch room over HTTP: orders, who is called to them, the desk, cases opened, reference data, people, times."""

from dispatch.views import cases, desk, handling_times, joint, orders, people, reference
from dispatch.views.orders import routes, view

ROOMS = (orders.routes, joint.routes, cases.routes, desk.routes, reference.routes, handling_times.routes, people.routes)
"""Every collection of routes of this room."""

__all__ = ["ROOMS", "routes", "view"]
