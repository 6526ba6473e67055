"""The HTTP faces of phone and tablet, and signing in."""
