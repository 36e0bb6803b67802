"""Bytes in, renditions out; licenses and credit lines. Knows no models; the only room that opens pictures."""
