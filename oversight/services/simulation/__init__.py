"""Simulation (推演): a past month under other rules."""
