"""What the answers of one sheet come to by the rule in its protocol, and whether several people agree. No averages."""
