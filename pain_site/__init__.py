"""Configuration of the publication: settings, addresses and the two server entries. Behaviour lives in `articles`."""

import gc

# Most of what a start makes stays. Looking through it after every 700 objects took a tenth of the start's CPU.
gc.set_threshold(20_000, 20, 20)
