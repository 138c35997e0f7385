"""The office's screens, a file each."""
