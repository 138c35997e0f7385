"""How a line of each list looks: symbol, word and colour for every state."""
