"""The enforcement room over HTTP."""

from enforcement.views import case_file, cases, openings, register

ROOMS = (case_file.routes, cases.routes, openings.routes, register.routes)
