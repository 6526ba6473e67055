"""A session of its own on PostgreSQL, for what a pool cannot share: locks and notifications."""

from typing import Any

import psycopg
from sqlalchemy.engine import make_url

OPTIONS = (
    "-c synchronous_commit=on -c statement_timeout=30s -c idle_in_transaction_session_timeout=30s"
    " -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3"
)


def connect(url: str, *, name: str) -> psycopg.Connection[Any]:
    """An autocommitting connection that notices within seconds when the other side has gone. Raises psycopg.Error."""
    target = make_url(url).set(drivername="postgresql")
    return psycopg.connect(
        target.render_as_string(hide_password=False),
        autocommit=True,
        application_name=name,
        options=f"{target.query.get('options', '')} {OPTIONS}",
        connect_timeout=5,
        keepalives_idle=5,
        keepalives_interval=2,
        keepalives_count=3,
    )
