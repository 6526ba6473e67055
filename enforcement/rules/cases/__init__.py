"""Penalty cases (处罚案件): the table of the procedure, what acts say, and the case that they make."""
