"""Boston's reports and police districts as its city hall published them, read without any of the product's code."""

import csv
import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyproj
import shapely

DEFAULT_GEOCODE = ("42.3594", "-71.0587")
"""Latitude and longitude of City Hall, where reports without an address were put."""

METRES = 26986
"""Massachusetts state plane, in metres."""


@dataclass(frozen=True)
class Miss:
    """A report that did not land in the district that the city named, and how far from that one it lies."""

    key: str
    named: str
    landed: str
    metres: float


@dataclass(frozen=True)
class Reports:
    """Every row of the city's file."""

    rows: list[dict[str, str]]
    districts: Mapping[str, shapely.Geometry]

    @cached_property
    def on_the_default(self) -> list[dict[str, str]]:
        """Rows that lie where everything without an address lies."""
        return [row for row in self.rows if (row["latitude"], row["longitude"]) == DEFAULT_GEOCODE]

    @cached_property
    def unnamed(self) -> list[dict[str, str]]:
        """Rows for which the city named no district."""
        return [row for row in self.rows if not row["police_district"].strip()]

    @cached_property
    def comparable(self) -> list[dict[str, str]]:
        """Rows that name a district and have a place of their own."""
        left_out = {row["case_enquiry_id"] for row in [*self.on_the_default, *self.unnamed]}
        return [row for row in self.rows if row["case_enquiry_id"] not in left_out]

    def covering(self) -> dict[str, str]:
        """The district that covers each row's place, the lowest code where two do, "" where none does."""
        codes = sorted(self.districts)
        tree = shapely.STRtree([self.districts[code] for code in codes])
        places = [_place(row) for row in self.rows]
        found: dict[int, str] = {}
        for row, district in zip(*tree.query(places, predicate="covered_by"), strict=True):
            found[int(row)] = min(codes[district], found.get(int(row), codes[district]))
        return {row["case_enquiry_id"]: found.get(number, "") for number, row in enumerate(self.rows)}

    def misses(self, landed: Mapping[str, str]) -> list[Miss]:
        """Comparable rows that landed elsewhere than the city said, the farthest first."""
        elsewhere = [row for row in self.comparable if landed[row["case_enquiry_id"]] != row["police_district"].strip()]
        found = (self._miss(row, landed[row["case_enquiry_id"]]) for row in elsewhere)
        return sorted(found, key=lambda miss: (-miss.metres, miss.key))

    def _miss(self, row: dict[str, str], landed: str) -> Miss:
        named = row["police_district"].strip()
        metres = shapely.distance(_in_metres(self.districts[named]), _in_metres(_place(row)))
        return Miss(row["case_enquiry_id"], named, landed, round(float(metres), 1))


def reports(folder: Path) -> Reports:
    """The city's file with its districts."""
    with gzip.open(file_of_reports(folder), "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return Reports(rows, {shape["DISTRICT"]: shape["shape"] for shape in shapes(folder / "Police_Districts.geojson")})


def file_of_reports(folder: Path) -> Path:
    """All reports of July to October 2011."""
    return folder / "reports_2011_07_10.csv.gz"


def shapes(path: Path) -> list[dict[str, Any]]:
    """The properties of each feature, and its shape under ``shape``."""
    features = json.loads(path.read_text())["features"]
    return [{**feature["properties"], "shape": shapely.geometry.shape(feature["geometry"])} for feature in features]


def _place(row: dict[str, str]) -> shapely.Point:
    return shapely.Point(float(row["longitude"]), float(row["latitude"]))


PLANE = pyproj.Transformer.from_crs(4326, METRES, always_xy=True)


def _in_metres(shape: shapely.Geometry) -> shapely.Geometry:
    return shapely.transform(shape, lambda places: np.column_stack(PLANE.transform(places[:, 0], places[:, 1])))
