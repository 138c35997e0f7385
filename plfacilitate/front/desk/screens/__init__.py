"""The screens, one a file. Each draws the newest picture and says which keys work on it; none reads a ledger."""
