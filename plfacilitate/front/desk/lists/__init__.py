"""Lines and lists that draw themselves, and what each screen lists; no screen, no ledger."""
