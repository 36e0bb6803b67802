"""Old credit lines, "Image by NAME via Flickr" and its relatives in many languages, read into fields. Plain Python.

`vocabulary` knows the words, `openings` what makes a line a credit, `people` who made it and where it was, `reader`
puts them together. A license is read only where the line states one with its version; a platform never implies any.
"""

from articles.images.credit_line.reader import LONGEST, CreditLine, parse, resembles

__all__ = ["LONGEST", "CreditLine", "parse", "resembles"]
