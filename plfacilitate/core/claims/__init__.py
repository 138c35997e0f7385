"""What people claim, held against what the sheet has."""
