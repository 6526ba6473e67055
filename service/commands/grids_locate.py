"""wangge grids locate: one place, or a file of places, against the active edition."""

import csv
from collections.abc import Iterator
from itertools import batched
from pathlib import Path
from typing import Any
