"""Pure rules of enforcement: plain facts in, decisions with reasons out."""
