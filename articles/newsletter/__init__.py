"""From subscription to inbox."""
