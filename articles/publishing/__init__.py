"""The way from desk to print, and the only one."""
