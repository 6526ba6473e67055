"""``python -m bench``: every measurement there is."""

from bench import intake, papers, tick

intake.main()
papers.main()
tick.main()
