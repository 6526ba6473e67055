"""The oversight room over HTTP: the nightly proof, supervision, and clocks that explain themselves."""

from oversight.views import appraisal, clocks, indicators, proof, supervision

ROOMS = (
    appraisal.routes,
    clocks.routes,
    indicators.routes,
    proof.routes,
    supervision.routes,
)
"""Every collection of routes of this room."""
