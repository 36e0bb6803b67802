"""Old credit lines, "Image by NAME via Flickr" and its relatives in many languages, read into fields. Plain Python.

`vocabulary` knows the words and `platforms` the names of platforms and agencies; `markup` takes tags away, `rights`
what is said of licenses, `typos` repairs slips. `openings` is what makes a line a credit, `captions` finds one at a
caption's end, `people` who made it and where it was, `names` whether that is a name at all; `reader` puts them
together. A license is read only where the line states one with its version, or the public domain; a platform never
implies any.
"""

from articles.images.credit_line.reader import LONGEST, LONGEST_MARKUP, CreditLine, parse, resembles

__all__ = ["LONGEST", "LONGEST_MARKUP", "CreditLine", "parse", "resembles"]
