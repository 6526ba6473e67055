"""What the town decides by: the lists of kinds of matter and of powers, and what happened to powers since."""
