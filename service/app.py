"""The web application: every room's routes on one Flask app, the pages beside them."""

from flask import Flask

from dispatch import views as orders
from enforcement import views as cases
from maps import views as maps
from maps.live import Feed
from mobile_api import about, citizen, sessions
from oversight import views as oversight
from service import health, openapi, pages
from town import guards, http, logs
from town.database import Database
from town.http import Ground
from town.people import DemoLogin
from town.settings import Settings

ROOMS = (
    about.routes,
    citizen.routes,
    sessions.routes,
    *orders.ROOMS,
    *cases.ROOMS,
    *oversight.ROOMS,
    maps.routes,
    maps.live_routes,
    health.routes,
    openapi.routes,
    pages.routes,
)


def create_app(settings: Settings, demo_logins: tuple[DemoLogin, ...] = ()) -> Flask:
    """The app over the town's database. Reads nothing but ``settings``; opens connections when first asked."""
    logs.configure()
    app = Flask("wangge", static_folder=None)
    database = Database(settings.database_url)
    app.extensions["wangge"] = Ground(settings, database, demo_logins if settings.demo else ())
    app.extensions["feed"] = Feed(database, settings.live_streams)
    guards.install(app, settings)
    http.bind(app, ROOMS)
    return app
