"""What runs beside the screen: the reader, the writer, the door's keeper, and what they tell the screens."""
