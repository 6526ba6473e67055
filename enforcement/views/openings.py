"""What a new case may name, over HTTP (登记线索的可选项). Cases are opened where places are located: in the dispatch room."""

from enforcement import schemas
from enforcement.services.cases import choosing
from town import profile
from town.access import SQUAD_ROLES, staff
from town.http import Call, Routes

routes = Routes("opening_options", "/api/v1")


@routes.get("/cases/options", rights=staff(*SQUAD_ROLES), gives=schemas.OpeningOptions)
def show_options(call: Call) -> schemas.OpeningOptions:
    """The squad's officers with their certificates, and today's powers."""
    return choosing.opening(call.session, call.who.squad_id, profile.local_day(call.session, call.now))
