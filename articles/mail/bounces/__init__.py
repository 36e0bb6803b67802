"""Mail that comes back, and messages that are called unwanted."""
