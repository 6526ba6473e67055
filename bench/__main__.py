"""``python -m bench``: every measurement there is."""

from bench import intake, papers

intake.main()
papers.main()
