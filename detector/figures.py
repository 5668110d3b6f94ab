"""Shares and scores as people read them: whole and nothing are told only of what is whole or nothing."""

from __future__ import annotations

import math

UNKNOWN = "—"
"""What stands in the place of a figure that was not measured."""


def percent(share: float | None) -> str:
    """A share; 0 % and 100 % mean none and all, a dash that there is no such figure.

    >>> percent(0.713), percent(0.9999), percent(0.0001), percent(1.0), percent(None)
    ('71 %', '99 %', '1 %', '100 %', '—')
    """
    return UNKNOWN if share is None or not math.isfinite(share) else f"{_hundredths(share)} %"


def decimal(value: float | None) -> str:
    """A number from -1 to 1 with two decimals; 0.00 and 1.00 mean exactly that, a dash that there is no such figure.

    >>> decimal(0.9999), decimal(-0.5), decimal(None)
    ('0.99', '-0.50', '—')
    """
    if value is None or not math.isfinite(value):
        return UNKNOWN
    return f"{math.copysign(_hundredths(abs(value)) / 100, value) + 0.0:.2f}"


def _hundredths(share: float) -> int:
    return round(100 * share) if share in (0, 1) or not 0 < share < 1 else min(99, max(1, round(100 * share)))
