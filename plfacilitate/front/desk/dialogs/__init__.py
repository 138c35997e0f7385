"""What the desk asks: each a small window over the screen, stepped out of with Esc, its typed text kept."""
