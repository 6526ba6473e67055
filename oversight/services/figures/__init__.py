"""Indicators (指标): facts of orders, figures, exclusions, exports."""
