"""The credit roll: what everybody has earned, offering by offering, out of entries alone."""
