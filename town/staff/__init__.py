"""The town's people (人员): read as lists, changed one by one; every change stands in the journal and bumps the reference.

Each function takes the session first, the actor and ``now`` last, and commits nothing.
"""

from town.staff.certificates import add_certificate, keep_certificate, revoke_certificate
from town.staff.conflicts import add_conflict, end_conflict
from town.staff.duties import add_leave, add_shift, add_shifts, end_leave, end_shift
from town.staff.entries import (
    CertificateEntry,
    ConflictEntry,
    Entry,
    Key,
    LeaveEntry,
    PartnerEntry,
    PersonEntry,
    ShiftEntry,
    SquadEntry,
    fields_that_differ,
)
from town.staff.persons import close_person, keep_person
from town.staff.readings import (
    CertificateCard,
    ConflictCard,
    LeaveCard,
    PartnerCard,
    PersonCard,
    ShiftCard,
    SquadCard,
    certificates,
    conflicts,
    leaves,
    partners,
    people,
    shifts,
    shifts_of_day,
    squads,
)
from town.staff.units import close_partner, close_squad, keep_partner, keep_squad, write_squad

__all__ = [
    "CertificateCard",
    "CertificateEntry",
    "ConflictCard",
    "ConflictEntry",
    "Entry",
    "Key",
    "LeaveCard",
    "LeaveEntry",
    "PartnerCard",
    "PartnerEntry",
    "PersonCard",
    "PersonEntry",
    "ShiftCard",
    "ShiftEntry",
    "SquadCard",
    "SquadEntry",
    "add_certificate",
    "add_conflict",
    "add_leave",
    "add_shift",
    "add_shifts",
    "certificates",
    "close_partner",
    "close_person",
    "close_squad",
    "conflicts",
    "end_conflict",
    "end_leave",
    "end_shift",
    "fields_that_differ",
    "keep_certificate",
    "keep_partner",
    "keep_person",
    "keep_squad",
    "leaves",
    "partners",
    "people",
    "revoke_certificate",
    "shifts",
    "shifts_of_day",
    "squads",
    "write_squad",
]
