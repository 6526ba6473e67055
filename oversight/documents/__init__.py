"""What the oversight room draws."""
