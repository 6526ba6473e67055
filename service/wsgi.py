"""The application for any WSGI server: ``service.wsgi:app``."""

from service.app import create_app
from town import settings

app = create_app(settings.read())
