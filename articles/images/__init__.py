"""Bytes in, renditions out; licences and credit lines. Knows no models; the only room that opens pictures."""
