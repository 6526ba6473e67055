"""The enforcement room over HTTP."""

from enforcement.views import case_file, cases, register

ROOMS = (cases.routes, case_file.routes, register.routes)
