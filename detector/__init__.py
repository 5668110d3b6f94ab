"""Find duplicate and derivative news: near-duplicates, rewrites, who took from whom, and the passages as evidence."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .engine import compare, scan
    from .estimator import MinHashVectorizer
    from .model import (
        Article,
        DetectorError,
        Direction,
        Evidence,
        Fact,
        Family,
        Match,
        Report,
        Settings,
        SharedQuotation,
        Skipped,
        Span,
    )
    from .read import read_articles
    from .reporting.page import write_report

__all__ = [
    "Article",
    "DetectorError",
    "Direction",
    "Evidence",
    "Fact",
    "Family",
    "Match",
    "MinHashVectorizer",
    "Report",
    "Settings",
    "SharedQuotation",
    "Skipped",
    "Span",
    "compare",
    "read_articles",
    "scan",
    "write_report",
]

_HOME = {
    "MinHashVectorizer": "estimator",
    "compare": "engine",
    "read_articles": "read",
    "scan": "engine",
    "write_report": "reporting.page",
}


def __getattr__(name: str) -> Any:
    """Import a public name on first use, so that ``detector --help`` does not load numba and scikit-learn."""
    if name in __all__:
        return getattr(import_module(f".{_HOME.get(name, 'model')}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
