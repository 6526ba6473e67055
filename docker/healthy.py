"""Is the web process at HOST:PORT alive; with the word ``numbered``, does a worker number its journal too?

For health checks: ends with 0, or with a sentence. Asks without any proxy that the environment names.
"""

import json
import sys
from http.client import HTTPConnection, HTTPException

PATIENCE = 4.0


def main(address: str, *wanted: str) -> str | None:
    """What is wrong; None when nothing is."""
    host, _, port = address.rpartition(":")
    try:
        connection = HTTPConnection(host, int(port), timeout=PATIENCE)
        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        said = answer.read()
    except (OSError, HTTPException) as away:
        return f"{address} does not answer: {away}"
    if answer.status != 200:
        return f"{address} answers {answer.status}: {said.decode(errors='replace')}"
    waiting = json.loads(said)["unnumbered"]
    return f"{waiting} events wait to be numbered" if "numbered" in wanted and waiting else None


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
