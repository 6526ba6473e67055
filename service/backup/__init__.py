"""Backup and restore (备份与恢复): one file that holds the whole town but its secrets, and proves itself.

The file is a tar: the database's copy, every photo, document and piece of evidence that a row names, the heads of the
journal, and a manifest of what must be there after a restore. A last line outside the tar seals all bytes before it, so
that no flipped bit and no cut goes unnoticed.
"""

from service.backup.making import Made, make
from service.backup.restoring import Restored, restore

__all__ = ["Made", "Restored", "make", "restore"]
