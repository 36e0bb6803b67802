"""How dates look on the desk, where Django's own format for English is American."""
