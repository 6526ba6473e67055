"""What the oversight room sends and gets over HTTP."""
