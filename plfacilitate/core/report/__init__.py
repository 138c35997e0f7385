"""What the report of a visit says, and its tables: figures, quotes, what is missing. Never points at one teacher."""
