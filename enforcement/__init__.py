"""By what law (执法): kinds of matter, the power list, and whether the town may act on a given day."""
