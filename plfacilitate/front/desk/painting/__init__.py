"""From the ledger's fold to the frozen pictures that the screens draw; knows no screen and no widget."""
