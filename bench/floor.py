"""The floor: what the least code that could take a report costs. A bare Flask handler, one ST_Covers, five rows, one commit.

It knows nothing of rights, repeats, clocks, journal or reasons. It stands in the same run as the product, on the same
polygons and the same database server, so that their ratio means something on any machine.
"""

import os
import threading

import psycopg
from flask import Flask, jsonify, request
from flask.wrappers import Response

app = Flask(__name__)
mine = threading.local()


def connection() -> psycopg.Connection:
    """One connection a thread, kept."""
    if not hasattr(mine, "connection"):
        mine.connection = psycopg.connect(os.environ["FLOOR_DSN"])
    return mine.connection


@app.post("/api/v1/reports")
def intake() -> tuple[Response, int]:
    """Point in cell, then report, assignment, two events and a deadline."""
    sent = request.get_json()
    place = sent["place"]["lon"], sent["place"]["lat"]
    with connection().transaction(), connection().cursor() as cursor:
        cursor.execute(
            "SELECT id, squad_id FROM floor_cell WHERE ST_Covers(geom, ST_SetSRID(ST_Point(%s, %s), 4490)) ORDER BY id LIMIT 1",
            place,
        )
        cell, squad = cursor.fetchone() or (None, None)
        cursor.execute(
            "INSERT INTO floor_report (text, category, geom) VALUES (%s, %s, ST_SetSRID(ST_Point(%s, %s), 4490)) RETURNING id",
            (sent["words"], sent["category"], *place),
        )
        (report,) = cursor.fetchone() or (None,)
        cursor.execute("INSERT INTO floor_assignment VALUES (%s, %s, %s)", (report, cell, squad))
        cursor.execute(
            "INSERT INTO floor_event VALUES (%s, 'created', '{}'), (%s, 'dispatched', '{}')", (report, report)
        )
        cursor.execute("INSERT INTO floor_deadline VALUES (%s, now() + interval '3 days')", (report,))
    return jsonify(id=report, squad=squad), 201
