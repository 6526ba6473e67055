-- The floor's own tables, with the same polygons as the product's grids.
CREATE TABLE floor_cell (id serial PRIMARY KEY, squad_id int NOT NULL, geom geometry(MultiPolygon, 4490) NOT NULL);
CREATE TABLE floor_report (id bigserial PRIMARY KEY, text text, category text, reporter text, geom geometry(Point, 4490));
CREATE TABLE floor_assignment (report_id bigint, cell_id int, squad_id int);
CREATE TABLE floor_event (report_id bigint, kind text, data jsonb);
CREATE TABLE floor_deadline (report_id bigint, due timestamptz);
INSERT INTO floor_cell (squad_id, geom) SELECT row_number() OVER (ORDER BY code), shape FROM grid;
CREATE INDEX ON floor_cell USING gist (geom);
