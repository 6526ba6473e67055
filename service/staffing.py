"""A file of people taken in from the command line (人员导入), its first passwords into a file of their own."""

import csv
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dispatch.services.people_list import FirstPassword, draw, first_passwords
from dispatch.services.people_list import take_in as take_in_list
from town.clock import Instant
from town.database import Database
from town.errors import Refused
from town.people_file import Filed, Hand, Plan

__all__ = ["FirstPassword", "draw", "first_passwords", "take_in"]

OWNER_ONLY = 0o600


def take_in(
    database: Database,
    filed: Filed,
    plan: Plan,
    passwords: tuple[FirstPassword, ...],
    actor: str,
    keep: Path | None,
    now: Instant,
) -> None:
    """Do what the plan says, all of it or nothing, and write the first passwords into ``keep``.

    ``now``: the moment the plan was drawn for. Raises Refused("people_changed") when the town is no more as it was then,
    and "people_refused" for a squad that still holds open orders, or a file of passwords that exists already.
    """
    hand = Hand(actor, now, {one.person.login: one.hashed for one in passwords})
    with _kept(keep if passwords else None, passwords), database.write() as session:
        take_in_list(session, filed, plan, hand)


@contextmanager
def _kept(path: Path | None, passwords: tuple[FirstPassword, ...]) -> Iterator[None]:
    """Passwords are written before the commit, so that no account is without, and taken back when nothing comes of it."""
    if path is None:
        yield
        return
    _write_passwords(path, passwords)
    try:
        yield
    except BaseException:
        path.unlink()
        raise


def _write_passwords(path: Path, passwords: tuple[FirstPassword, ...]) -> None:
    """A new file, readable for its owner alone."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    except OSError as error:
        raise Refused(
            "people_refused", why=f"初始密码写不进 {path.name}：{error.strerror}；请换一个不存在的文件名。"
        ) from None
    with open(handle, "w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(("账号", "姓名", "初始密码"))
        table.writerows((one.person.login, one.person.name, one.clear) for one in passwords)
