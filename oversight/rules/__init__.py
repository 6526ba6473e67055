"""What oversight decides by (规则): pure functions over plain facts."""
