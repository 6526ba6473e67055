"""Where (网格): grids, their areas and editions, and the one grid that covers a place."""
