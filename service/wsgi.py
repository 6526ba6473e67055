"""The application for any WSGI server: ``service.wsgi:app``."""

from service import demo_people
from service.app import create_app
from town import settings

app = create_app(settings.read(), demo_people.LOGINS)
