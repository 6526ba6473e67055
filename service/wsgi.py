"""The application for any WSGI server: ``service.wsgi:app``."""

from service.app import create_app
from service.demo import people
from town import settings

app = create_app(settings.read(), people.LOGINS)
