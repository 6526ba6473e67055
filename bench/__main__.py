"""``python -m bench``: every measurement there is."""

from bench import intake

intake.main()
