"""The land of the demo town (演示小镇的地): grids, river, streets, shops and neighbours, as GeoJSON.

Pure: the same seed gives the same town. Everything hangs on one mosaic of small cells, so that grids share their borders
with each other, with the river and with the streets. Inside, places are metres from the middle; outside, degrees, CGCS2000.
"""

from service.demo.land.drawn import Drawn, Street, draw, feature_collection, neighbours, streets, waters
from service.demo.land.shapes import AREAS, CENTRE, CODE, SEED, Area, Spot
from service.demo.land.shops import Shop, shop_list, shops
from service.demo.land.walking import area_at, between_areas, beyond, inside, places, walk

__all__ = [
    "AREAS",
    "CENTRE",
    "CODE",
    "SEED",
    "Area",
    "Drawn",
    "Shop",
    "Spot",
    "Street",
    "area_at",
    "between_areas",
    "beyond",
    "draw",
    "feature_collection",
    "inside",
    "neighbours",
    "places",
    "shop_list",
    "shops",
    "streets",
    "walk",
    "waters",
]
