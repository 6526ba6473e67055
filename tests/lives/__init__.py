"""Random legal lives of penalty cases, walked by chance and judged by an independent checker."""
