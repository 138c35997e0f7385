"""What many visits show together: schools side by side and over time. Reads no ledger and never gives a verdict."""
