"""The map: who took from whom among all the articles, as a drawing.

Each family is a star or a ring: its origin in the middle, the others around it in the order of their names. What is tied, be
it families or articles of none, stands side by side, the most articles first, in rows like books on shelves. That takes one
pass and gives the same drawing for the same report; a layout by forces would do neither.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from .model import DERIVATIVE, Family, Match

DRAWN = 400
"""Articles that the map shows: as many as can still be told apart by scrolling through it."""
WIDTH = 1300
"""Of the drawing, in pixels at which its words can be read; narrower if little is drawn."""
CELL_WIDTH, CELL_HEIGHT = 140, 62
"""Room for an article and its name."""
APART = 100
"""Ties of one event or source up to which they are drawn from the start: of more nobody could see who took from whom."""
NAME = 17
"""Characters of a name that fit; the middle of a longer one is left out."""
RADIUS = 7
BEND = 40.0
"""Pixels by which a long tie leaves the straight line, at most; half of it is seen."""


class _Group(NamedTuple):
    """A family by its number, from 1; or an article of none, by 0."""

    number: int
    origin: str | None
    members: list[str]


@dataclass(frozen=True, slots=True)
class Node:
    """An article on the map, with what is shown of its name."""

    name: str
    label: str
    x: float
    y: float
    origin: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What holds a family together on the map; ``number`` is that of the family, from 1."""

    number: int
    title: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Tie:
    """A match on the map; an arrow from source to derived where that is known. ``number`` is that of its row."""

    number: int
    href: str
    title: str
    style: str
    directed: bool
    probability: float
    path: str


@dataclass(frozen=True, slots=True)
class Network:
    """The map: ``left_out`` articles have ties and found no room; ``crowded`` if not all ties should be seen at once."""

    width: int
    height: int
    frames: tuple[Frame, ...]
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    crowded: bool
    left_out: int

    @property
    def styles(self) -> frozenset[str]:
        """The kinds of ties that are drawn, which are those that need to be explained."""
        return frozenset(tie.style for tie in self.ties)

    @property
    def directed(self) -> bool:
        """Whether any tie has an arrow."""
        return any(tie.directed for tie in self.ties)

    @property
    def has_origin(self) -> bool:
        """Whether the origin of any family is known."""
        return any(node.origin for node in self.nodes)


def network(matches: Sequence[Match], families: Sequence[Family], hrefs: Mapping[int, str]) -> Network:
    """The map of oriented matches, numbered from 1; ``hrefs`` leads from a number to where the match is shown."""
    tied = {name for match in matches for name in (match.a, match.b)}
    groups = [
        _Group(number, family.origin, [name for name in family.members if name in tied])
        for number, family in enumerate(families, start=1)
    ]
    groups = [group for group in groups if len(group.members) > 1]
    grouped = {name for group in groups for name in group.members}
    groups += [_Group(0, None, [name]) for name in sorted(tied - grouped)]
    places: dict[str, tuple[float, float]] = {}
    origins = set()
    frames: list[Frame] = []
    x = y = shelf = right = 0.0
    for together in _together(groups, matches):
        boxes = [(group, *_placed(group)) for group in _first(together, DRAWN - len(places))]
        if x + sum(width for _, _, width, _ in boxes) > WIDTH:
            x, y, shelf = 0.0, y + shelf, 0.0
        for group, around, width, height in boxes:
            if x and x + width > WIDTH:
                x, y, shelf = 0.0, y + shelf, 0.0
            places.update((name, (x + dx, y + dy)) for name, (dx, dy) in around.items())
            if group.number:
                title = f"Family of {len(group.members)}, origin {group.origin or 'undetermined'}"
                frames.append(Frame(group.number, title, x + 4, y + 4, width - 8, height - 8))
            x, shelf = x + width, max(shelf, height)
            right = max(right, x)
        origins |= {group.origin for group in together}
        if len(places) >= DRAWN:
            break
    nodes = (Node(name, _label(name), round(at[0], 1), round(at[1], 1), name in origins) for name, at in places.items())
    ties = [
        Tie(
            number,
            hrefs.get(number, ""),
            f"{match.a} {'→' if match.direction else '—'} {match.b}: {match.verdict}",
            _style(match),
            match.direction is not None,
            match.probability,
            _path(places[match.a], places[match.b]),
        )
        for number, match in enumerate(matches, start=1)
        if match.a in places and match.b in places
    ]
    crowded = sum(tie.style == "apart" for tie in ties) > APART
    size = math.ceil(right), math.ceil(y + shelf)
    return Network(*size, tuple(frames), tuple(nodes), tuple(ties), crowded, len(tied) - len(places))


def _together(groups: Sequence[_Group], matches: Iterable[Match]) -> list[list[_Group]]:
    """The groups that ties connect, those with the most articles first; each with its largest group first."""
    of = {name: at for at, group in enumerate(groups) for name in group.members}
    part = [{at} for at in range(len(groups))]
    for match in matches:
        one, two = part[of[match.a]], part[of[match.b]]
        if one is not two:
            one, two = (one, two) if len(one) >= len(two) else (two, one)
            one |= two
            for at in two:
                part[at] = one
    parts = {id(each): sorted(each) for each in part}.values()
    found = [[groups[at] for at in each] for each in parts]
    return sorted(found, key=lambda each: -sum(len(group.members) for group in each))


def _first(groups: Iterable[_Group], room: int) -> Iterator[_Group]:
    """As much of the groups as there is room for, of one that is cut its origin in any case."""
    for group in groups:
        if room <= 0:
            return
        kept = sorted(group.members, key=partial(operator.ne, group.origin))[:room]
        room -= len(kept)
        yield group._replace(members=kept)


def _placed(group: _Group) -> tuple[dict[str, tuple[float, float]], float, float]:
    """Where the members of a family stand in its own box, and the box's width and height."""
    _, origin, members = group
    others = [name for name in members if name != origin]
    first = [origin] if origin is not None and origin in members else []
    if len(members) < 3 or (first and len(members) == 3):
        line = [*first, *others] if len(members) < 3 else [others[0], *first, others[1]]
        row = {name: (CELL_WIDTH * (at + 0.5), CELL_HEIGHT / 2) for at, name in enumerate(line)}
        return row, CELL_WIDTH * len(members), CELL_HEIGHT + 0.0
    # Neighbours on the ring stand a cell apart, the flatter way as names are wider than high.
    radius = max(CELL_HEIGHT * 0.9, len(others) * CELL_HEIGHT * 0.8 / math.tau)
    across = max(CELL_WIDTH, radius * 1.6)
    middle = (across + CELL_WIDTH / 2, radius + CELL_HEIGHT / 2)
    ring = {}
    for at, name in enumerate(others):
        angle = math.tau * at / len(others) - math.pi / 2
        ring[name] = (middle[0] + across * math.cos(angle), middle[1] + radius * math.sin(angle))
    ring.update((name, middle) for name in first)
    return ring, 2 * across + CELL_WIDTH, 2 * radius + CELL_HEIGHT + 0.0


def _path(start: tuple[float, float], end: tuple[float, float]) -> str:
    """A line from the edge of one article to the edge of the other, bent a little so as not to run through a third."""
    (x, y), (u, v) = start, end
    length = math.hypot(u - x, v - y) or 1.0
    bend = 0.0 if length <= CELL_WIDTH else min(BEND, length / 8)
    cx, cy = (x + u) / 2 + (v - y) / length * bend, (y + v) / 2 - (u - x) / length * bend

    def edge(px: float, py: float) -> str:
        away = math.hypot(cx - px, cy - py) or 1.0
        return f"{px + (cx - px) / away * (RADIUS + 3):.0f} {py + (cy - py) / away * (RADIUS + 3):.0f}"

    return f"M{edge(x, y)}Q{cx:.0f} {cy:.0f} {edge(u, v)}"


def _style(match: Match) -> str:
    if match.verdict not in DERIVATIVE:
        return "apart"
    return "passages" if match.verdict == "partial" else "derived"


def _label(name: str) -> str:
    """A name that fits.

    >>> _label("archive/2023/11/the-mayor-resigns.txt")
    'archive/…signs.txt'
    >>> _label("wire/poor-harvest-of-the-year.html.txt")
    'wire/poo…html.txt'
    """
    name = " ".join(name.split())
    if len(name) <= NAME:
        return name
    return f"{name[: NAME // 2].rstrip('-._')}…{name[-(NAME // 2 + 1) :].lstrip('-._')}"
