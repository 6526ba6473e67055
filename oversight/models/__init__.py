"""Tables of the oversight room."""

from oversight.models.alarms import Alarm, Notice, NoticeLine, Supervision, SupervisionNumber
from oversight.models.appraisal import Appeal, Exclusion, Formula, Snapshot
from oversight.models.proof import Finding, ProofRun

__all__ = [
    "Alarm",
    "Appeal",
    "Exclusion",
    "Finding",
    "Formula",
    "Notice",
    "NoticeLine",
    "ProofRun",
    "Snapshot",
    "Supervision",
    "SupervisionNumber",
]
