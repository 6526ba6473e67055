"""The enforcement room over HTTP."""

from enforcement.views import cases, register

ROOMS = (cases.routes, register.routes)
