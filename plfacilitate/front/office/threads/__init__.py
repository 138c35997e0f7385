"""What works beside the screen: a reader, a hand that writes, longer work, a watched place. None touches a widget."""
