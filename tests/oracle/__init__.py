"""An independent judge of a penalty case: reads nothing but ``case.json``, and judges it by the statutes alone."""
