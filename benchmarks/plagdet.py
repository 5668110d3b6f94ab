"""PlagDet and its parts, as defined by Potthast, Stein, Barrón-Cedeño and Rosso (COLING 2010).

A case and a detection are pairs of ranges, one in the derived text and one in the source; characters of both sides count. A
detection detects a case of the same pair of texts if they overlap on both sides. Recall and precision are averaged over
cases and over detections (macro); granularity is the mean number of detections per detected case.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Range = tuple[int, int, int, int]
"""Derived start, derived end, source start, source end: characters, half-open."""


@dataclass(frozen=True, slots=True)
class Score:
    """The four figures; ``plagdet`` is F1 divided by the binary logarithm of 1 + granularity."""

    plagdet: float
    recall: float
    precision: float
    granularity: float


def _overlap(case: Range, detection: Range) -> tuple[range, range] | None:
    derived = range(max(case[0], detection[0]), min(case[1], detection[1]))
    source = range(max(case[2], detection[2]), min(case[3], detection[3]))
    return (derived, source) if derived and source else None


def _union(ranges: Sequence[range]) -> int:
    """How many integers lie in at least one of the ranges."""
    total = 0
    reached = -math.inf
    for each in sorted(ranges, key=lambda one: (one.start, one.stop)):
        total += max(0, int(each.stop - max(each.start, reached)))
        reached = max(reached, each.stop)
    return total


def _covered(one: Range, others: Sequence[Range]) -> float:
    """Share of a range pair's characters, both sides together, that lie in its overlaps with the others."""
    overlaps = [found for other in others if (found := _overlap(one, other))]
    size = one[1] - one[0] + one[3] - one[2]
    return (_union([each for each, _ in overlaps]) + _union([each for _, each in overlaps])) / size


def plagdet(cases: Mapping[str, Sequence[Range]], detections: Mapping[str, Sequence[Range]]) -> Score:
    """Score detections against cases, both keyed by the name of their pair of texts.

    Without cases, recall is 1 if nothing was detected.

    >>> plagdet({"p": [(0, 10, 0, 10)]}, {"p": [(0, 10, 0, 10)]})
    Score(plagdet=1.0, recall=1.0, precision=1.0, granularity=1.0)
    >>> plagdet({"p": [(0, 10, 0, 10)]}, {"p": [(0, 5, 0, 5), (5, 10, 5, 10)]}).granularity
    2.0
    """
    recalls, precisions, grains = [], [], []
    for pair in {*cases, *detections}:
        real, found = cases.get(pair, ()), detections.get(pair, ())
        recalls += [_covered(case, found) for case in real]
        precisions += [_covered(detection, real) for detection in found]
        counts = (sum(_overlap(case, detection) is not None for detection in found) for case in real)
        grains += [count for count in counts if count]
    recall = sum(recalls) / len(recalls) if recalls else float(not precisions)
    precision = sum(precisions) / len(precisions) if precisions else float(not recalls)
    granularity = sum(grains) / len(grains) if grains else 1.0
    f1 = 2 * recall * precision / (recall + precision) if recall + precision else 0.0
    return Score(f1 / math.log2(1 + granularity), recall, precision, granularity)
