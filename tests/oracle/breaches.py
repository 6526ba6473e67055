"""Every breach that can be planted (植入的违法), each fit for some kind of life: ``breach.plant(case)``."""

from tests.oracle.planted_course import COURSE
from tests.oracle.planted_decision import DECISION
from tests.oracle.planted_money import MONEY
from tests.oracle.planted_people import PEOPLE
from tests.oracle.planted_record import RECORD
from tests.oracle.planted_service import SERVICE
from tests.oracle.planting import Planted

PLANTED: tuple[Planted, ...] = (*PEOPLE, *COURSE, *DECISION, *SERVICE, *MONEY, *RECORD)
