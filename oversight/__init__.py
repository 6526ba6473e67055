"""Oversight (监督): watched by whom. Alarms and 督办, the nightly proof, indicators and appraisal."""
