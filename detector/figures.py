"""Shares and scores for people to read: 0 and 100 % are shown only where they are exact."""

from __future__ import annotations

import math

UNKNOWN = "—"
"""Shown in place of a figure that was not measured."""


def percent(share: float | None) -> str:
    """Format a share; 0 % and 100 % mean exactly none and all, a dash that there is no figure.

    >>> percent(0.713), percent(0.9999), percent(0.0001), percent(1.0), percent(None)
    ('71 %', '99 %', '1 %', '100 %', '—')
    """
    return UNKNOWN if share is None or not math.isfinite(share) else f"{hundredths(share)} %"


def decimal(value: float | None) -> str:
    """Format a number from -1 to 1 with two decimals; 0.00 and 1.00 are exact, a dash means that there is no figure.

    >>> decimal(0.9999), decimal(-0.5), decimal(None)
    ('0.99', '-0.50', '—')
    """
    if value is None or not math.isfinite(value):
        return UNKNOWN
    return f"{math.copysign(hundredths(abs(value)) / 100, value) + 0.0:.2f}"


def hundredths(share: float) -> int:
    """A finite share in hundredths; 0 and 100 only for exactly none and all."""
    return min(99, max(1, round(100 * share))) if 0 < share < 1 else round(100 * share)
