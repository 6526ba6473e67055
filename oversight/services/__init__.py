"""What oversight does (服务)."""
