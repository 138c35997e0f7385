"""What a key does: each module the deeds of one subject."""
