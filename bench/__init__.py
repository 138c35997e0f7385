"""Speed and memory, side by side with a limit or a peer in the same run: `python -m bench`.

Owns measurements only. Nothing here is a test: a slow machine fails no build.
"""
