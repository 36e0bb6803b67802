"""References as reference managers keep them: read from their files, and written as the AMA writes them."""
