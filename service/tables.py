"""Every room's tables, imported in one place, so that the metadata is whole wherever it is compared or created."""

import dispatch.models
import enforcement.models
import grids.models
import oversight.models
import town.access
import town.idempotency
import town.journal.models
import town.ladders
import town.media
import town.officers
import town.partners
import town.people
import town.positions
import town.profile
import town.reference
import town.roster
import town.vault
import town.watch
import town.workdays

ALL = (
    dispatch.models,
    enforcement.models,
    grids.models,
    oversight.models,
    town.access,
    town.idempotency,
    town.journal.models,
    town.ladders,
    town.media,
    town.officers,
    town.partners,
    town.people,
    town.positions,
    town.profile,
    town.reference,
    town.roster,
    town.vault,
    town.watch,
    town.workdays,
)
