"""Discretion (裁量): the tier follows from recorded facts, and with it the range, the reasons, and the cases alike."""

from enforcement.rules.discretion.alike import Comparison, DecidedFact, compare
from enforcement.rules.discretion.bounds import Bounds, bounds
from enforcement.rules.discretion.history import FirstOffenceLine, Offence, PastCase, first_offence, prior_penalties
from enforcement.rules.discretion.mercy import Mercy, may_not_punish, mitigating, must_not_punish
from enforcement.rules.discretion.reasons import reasons
from enforcement.rules.discretion.tiers import Considered, Found, Outcome, TierFact, tier_for

__all__ = [
    "Bounds",
    "Comparison",
    "Considered",
    "DecidedFact",
    "FirstOffenceLine",
    "Found",
    "Mercy",
    "Offence",
    "Outcome",
    "PastCase",
    "TierFact",
    "bounds",
    "compare",
    "first_offence",
    "may_not_punish",
    "mitigating",
    "must_not_punish",
    "prior_penalties",
    "reasons",
    "tier_for",
]
