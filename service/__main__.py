"""``python -m service`` is ``wangge``."""

from service.cli import main

main()
