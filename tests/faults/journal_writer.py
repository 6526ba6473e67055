"""One writer as a process of its own: ``python -m tests.faults.journal_writer URL SEED COUNT`` prints what it committed."""

import random
import sys

from tests.journals import write_one
from town.database import Database


def main(url: str, seed: str, count: str) -> None:
    """Write until ``count`` events are committed; each id is told only after its commit."""
    database, luck, committed = Database(url), random.Random(seed), 0
    while committed < int(count):
        if identifier := write_one(database, luck, slowest=0.002):
            committed += 1
            sys.stdout.write(f"{identifier}\n")
            sys.stdout.flush()
    database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
