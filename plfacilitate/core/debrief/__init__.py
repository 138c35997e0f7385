"""Several observers side by side: where they differ and how far they agree. Never mixes two scales or protocols."""
