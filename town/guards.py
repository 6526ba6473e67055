"""What stands around every response: security headers, request ids, and errors that never leak."""

import structlog
from flask import Flask, Response, g, request
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from town import clock, http
from town.errors import Refused
from town.settings import Settings

LOG = structlog.get_logger()

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
    )
)

HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(self), microphone=()",
}

HTTP_CODES = {400: "malformed", 404: "not_found", 405: "method_not_allowed", 413: "too_large", 415: "media_type"}
RETRY_SECONDS = 2


def install(app: Flask, settings: Settings) -> None:
    """Limits, headers, request ids and error handlers on the app."""
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body
    app.config["MAX_FORM_MEMORY_SIZE"] = 500_000
    app.config["MAX_FORM_PARTS"] = 20
    app.before_request(_begin)
    app.after_request(_finish)
    app.register_error_handler(Refused, http.problem)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(PoolTimeout, _busy)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(Exception, _unexpected)


def _begin() -> None:
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=http.request_id(), method=request.method, path=request.path)
    g.begun = clock.elapsed()


def _finish(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.path.startswith(("/api/", "/live", "/healthz")):
        response.headers["Cache-Control"] = "no-store"  # a photo comes with a weaker word of its own
    response.headers["X-Request-Id"] = http.request_id()
    if response.status_code >= 400 or request.method != "GET":
        LOG.info("answered", status=response.status_code, ms=round((clock.elapsed() - g.begun) * 1e3, 1))
    return response


def _http_error(error: HTTPException) -> Response | HTTPException:
    if error.code and error.code < 400:
        return error  # a redirect is no refusal
    if isinstance(error, RequestEntityTooLarge):
        return http.problem(Refused("too_large", limit=http.ground().settings.max_body))
    code = HTTP_CODES.get(error.code or 500, "malformed")
    allowed = "、".join(getattr(error, "valid_methods", None) or [])
    return http.problem(Refused(code, why=error.name, allowed=allowed, expected="application/json", limit=""))


def _busy(error: Exception) -> Response:
    LOG.warning("busy", error=type(error).__name__)
    return http.problem(Refused("busy", seconds=RETRY_SECONDS))


def _unexpected(error: Exception) -> Response:
    LOG.error("unexpected", exc_info=error)
    return http.problem(Refused("internal", request_id=http.request_id()))
