"""Somebody who observes: what a key means, what is typed, what stands beside the script."""
