"""Clocks that explain themselves (时限卡)."""
