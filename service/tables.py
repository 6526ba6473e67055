"""Every room's tables, imported in one place, so that the metadata is whole wherever it is compared or created."""

import dispatch.models
import grids.models
import town.access
import town.idempotency
import town.journal.models
import town.media
import town.people
import town.profile
import town.vault
import town.watch
import town.workdays

ALL = (
    dispatch.models,
    grids.models,
    town.access,
    town.idempotency,
    town.journal.models,
    town.media,
    town.people,
    town.profile,
    town.vault,
    town.watch,
    town.workdays,
)
