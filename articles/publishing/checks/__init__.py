"""The publish gate: small checks with dotted ids, collected and reported together, after Django's own system checks.

Drafts always save; these run when an article is to be printed, on every path, and whenever the desk shows an article.
"""

from importlib import import_module

from articles.publishing.checks.gate import (
    ERROR,
    MACHINE_MAY_ERR,
    REGISTRY,
    WARNING,
    Asked,
    Draft,
    Finding,
    check,
    examine,
    run,
)

# In the order in which their findings are told.
for _name in (
    "writing",
    "page_types",
    "elsewhere",
    "pictures",
    "fillers",
    "corrected",
    "review",
    "sources",
    "routes",
    "attribution",
    "consistency",
    "procedures",
    "currency",
    "benchmarks",
):
    import_module(f"{__name__}.{_name}")

__all__ = [
    "ERROR",
    "MACHINE_MAY_ERR",
    "REGISTRY",
    "WARNING",
    "Asked",
    "Draft",
    "Finding",
    "check",
    "examine",
    "run",
]
