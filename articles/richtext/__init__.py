"""HTML in, safe HTML out. Knows no models."""
