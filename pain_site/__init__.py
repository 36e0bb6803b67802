"""Configuration of the publication: settings, addresses and the two server entries. Behaviour lives in `articles`."""
