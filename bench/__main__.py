"""``python -m bench``: every measurement there is."""

from bench import absence, figures, intake, papers, tick

for measurement in (intake, papers, tick, absence, figures):
    measurement.main()
