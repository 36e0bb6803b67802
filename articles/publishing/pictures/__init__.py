"""The picture library: what comes in, the files that are made of it, what is replaced or withdrawn, where it is shown.

`library` keeps them and finds twins, `files` makes and removes renditions, `takedown` withdraws and replaces,
`deletion` deletes what was never used, `usage` says where a picture is and was, `places` in how many places many are,
`pasted` brings in what was pasted into a text, `receivers` follows a change of a credit.
"""

from articles.publishing.pictures.deletion import delete, why_kept
from articles.publishing.pictures.files import is_rendered, preview_bytes, render, sweep
from articles.publishing.pictures.library import Twin, keep, store, twins
from articles.publishing.pictures.pasted import bring_in, bring_in_data
from articles.publishing.pictures.places import Places, counted, never_used
from articles.publishing.pictures.refusal import PicturesRefused
from articles.publishing.pictures.takedown import replace, restore, withdraw
from articles.publishing.pictures.usage import Usage, Use, usage

__all__ = [
    "PicturesRefused",
    "Places",
    "Twin",
    "Usage",
    "Use",
    "bring_in",
    "bring_in_data",
    "counted",
    "delete",
    "is_rendered",
    "keep",
    "never_used",
    "preview_bytes",
    "render",
    "replace",
    "restore",
    "store",
    "sweep",
    "twins",
    "usage",
    "why_kept",
    "withdraw",
]
