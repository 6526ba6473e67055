"""What every page needs to know about the town before anybody signs in."""

from dispatch.schemas import Coded
from dispatch.services import matters
from grids import services as grids
from grids.rules import coordinates
from mobile_api import schemas
from town import profile
from town.access import PUBLIC
from town.http import Call, Routes, ground

routes = Routes("about", "/api/v1")


@routes.get("/town", rights=PUBLIC, gives=schemas.TownOut)
def town(call: Call) -> schemas.TownOut:
    """The town's name, its operator, what can be chosen, and how far its map reaches."""
    here = profile.current(call.session)
    edition = grids.active(call.session)
    return schemas.TownOut(
        name=here.name,
        code=here.code,
        timezone=here.timezone,
        operator=here.operator,
        filing_number=here.filing_number,
        complaints_url=here.complaints_url,
        demo=call.settings.demo,
        demo_logins=[
            schemas.DemoLogin(login=one.login, password=one.password, name=one.name, role=one.role)
            for one in ground().demo_logins
        ],
        categories=[Coded(code=code, name=name) for code, name in matters.offered(call.session, call.now).items()],
        crs=list(coordinates.KNOWN),
        max_photos=call.settings.max_photos,
        bounds=list(grids.bounds(call.session, edition.id)) if edition else None,
    )
