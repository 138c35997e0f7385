"""Small windows over a screen, stepped out of with Esc."""
