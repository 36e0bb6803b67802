"""A package, so that the demonstration is loaded once for all modules in it and gone after the last."""
