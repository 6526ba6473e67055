"""What an order waits for (挂账、延期), as it is shown."""

import datetime as dt
import uuid

from town.bodies import Reply


class SuspensionOut(Reply):
    """挂账: why nothing can be done now, in the words the reporter reads, and the last day before it is looked at again."""

    ground: str
    ground_name: str
    words: str | None
    since: dt.datetime
    until: dt.date


class ExtensionOut(Reply):
    """延期申请 that waits for a decision. ``can_grant``: false once its clock has run out."""

    id: uuid.UUID
    clock: str
    clock_name: str
    amount: int
    unit_name: str
    ground: str
    ground_name: str
    words: str | None
    asked_by_name: str
    asked_at: dt.datetime
    can_grant: bool
