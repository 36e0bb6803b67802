"""Plain Python about what an article rests on."""
