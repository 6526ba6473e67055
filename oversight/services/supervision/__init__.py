"""Supervision (督办预警): alarms, notices, 督办单, and whom they are brought to."""
