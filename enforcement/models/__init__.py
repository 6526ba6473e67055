"""Tables of the enforcement room: lists in editions, what a fine follows from, parties, cases and their papers."""

from enforcement.models.cases import CaseAct, EvidenceFile, PaymentReceipt, PenaltyCase
from enforcement.models.lists import EventType, ListEdition, Power, PowerChange
from enforcement.models.papers import Document, DocumentNumber, NumberSeries
from enforcement.models.parties import Party, PartyVersion
from enforcement.models.provisions import ProcedureRule, Provision, Tier

__all__ = [
    "CaseAct",
    "Document",
    "DocumentNumber",
    "EventType",
    "EvidenceFile",
    "ListEdition",
    "NumberSeries",
    "Party",
    "PartyVersion",
    "PaymentReceipt",
    "PenaltyCase",
    "Power",
    "PowerChange",
    "ProcedureRule",
    "Provision",
    "Tier",
]
