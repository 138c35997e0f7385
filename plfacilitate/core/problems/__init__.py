"""The problem bank: every problem of practice of a workspace, what was promised, and what became of it since."""
