"""The map: a drawing of who took from whom among all the articles.

Each article has a row of its own: a disc, and beside it the name. Families stand in frames, their origin on top; families,
and articles in none, that are tied to each other share a drawing. All ties run to the left of the discs, in lanes, so that
none crosses an article or a name. That takes one pass and gives the same map for the same report; a force-directed layout
would do neither. Ties of one event or source are left out within a family and gathered into one between a family and
what is outside it: a dozen reports of one event would else hide who took from whom.
"""

from __future__ import annotations

import math
import operator
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from ..model import DERIVATIVE, Family, Match
from ..report import UNDECIDED, tag

DRAWN = 400
"""Articles that the map shows: as many as one can still tell apart by scrolling through it."""
WIDTH = 340
"""Width of a drawing in pixels, that of a telephone."""
ROW = 26
"""Height of an article's row."""
GAP = 14
"""Room around a frame, half of it within."""
LANE, LANES = 9, 90
"""Width of a lane, unless there are so many that all of them together would be wider than ``LANES``."""
APART = 100
"""Ties of one event or source up to which they are drawn from the start; more would hide who took from whom."""
LETTER = 7
"""Width of one character."""
RADIUS = 6
BEND = 5
"""Radius of a tie's corners."""


class _Group(NamedTuple):
    """A family with its number, from 1; or an article in none, with 0.

    ``members`` are those to be drawn, of ``size``.
    """

    number: int
    origin: str | None
    members: list[str]
    size: int

    @property
    def title(self) -> str:
        """How many members a family has, how many of them are drawn, if not all, and its origin."""
        some = "" if len(self.members) == self.size else f", {len(self.members)} of them drawn"
        return f"Family of {self.size}{some}, origin {self.origin or 'undetermined'}"


@dataclass(frozen=True, slots=True)
class Node:
    """An article on the map; ``label`` is what is shown of its name."""

    name: str
    label: str
    x: float
    y: float
    origin: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame around a family on the map; ``number`` is the family's, from 1."""

    number: int
    title: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Tie:
    """Matches drawn as one line, with an arrow from source to derived if the direction is known.

    ``rows`` are their numbers, of which more than one only where they are gathered; ``href`` leads to the first.
    """

    rows: tuple[int, ...]
    href: str
    title: str
    style: str
    directed: bool
    path: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Families and articles that are tied to each other, drawn."""

    width: int
    height: int
    frames: tuple[Frame, ...]
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """The map. ``left_out``: articles with ties that are not drawn; ``crowded``: too many ties to show all at once."""

    drawings: tuple[Drawing, ...]
    crowded: bool
    left_out: int

    @property
    def ties(self) -> list[Tie]:
        """The ties of all drawings."""
        return [tie for drawing in self.drawings for tie in drawing.ties]

    @property
    def nodes(self) -> list[Node]:
        """The articles of all drawings."""
        return [node for drawing in self.drawings for node in drawing.nodes]

    @property
    def styles(self) -> frozenset[str]:
        """The kinds of ties drawn, which the legend must explain."""
        return frozenset(tie.style for tie in self.ties)

    @property
    def directed(self) -> bool:
        """Whether any tie has an arrow."""
        return any(tie.directed for tie in self.ties)

    @property
    def has_frames(self) -> bool:
        """Whether any family is drawn."""
        return any(drawing.frames for drawing in self.drawings)

    @property
    def has_origin(self) -> bool:
        """Whether any family's origin is known."""
        return any(node.origin for node in self.nodes)


def network(matches: Sequence[Match], families: Sequence[Family], hrefs: Mapping[int, str]) -> Network:
    """The map of oriented matches, numbered from 1; ``hrefs`` maps a number to where that match is shown."""
    tied = {name for match in matches for name in (match.a, match.b)}
    groups = [
        _Group(number, family.origin, [name for name in family.members if name in tied], len(family.members))
        for number, family in enumerate(families, start=1)
    ]
    groups = [group for group in groups if len(group.members) > 1]
    grouped = {name for group in groups for name in group.members}
    groups += [_Group(0, None, [name], 1) for name in sorted(tied - grouped)]
    parts: list[list[_Group]] = []
    drawn: dict[str, int] = {}
    for together in _together(groups, matches):
        parts.append(list(_first(together, DRAWN - len(drawn))))
        drawn |= {name: len(parts) - 1 for group in parts[-1] for name in group.members}
        if len(drawn) >= DRAWN:
            break
    within: list[list[tuple[int, Match]]] = [[] for _ in parts]
    for number, match in enumerate(matches, start=1):
        if match.a in drawn and match.b in drawn:
            within[drawn[match.a]].append((number, match))
    drawings = tuple(_drawing(part, ties, hrefs) for part, ties in zip(parts, within, strict=True))
    crowded = sum(tie.style == "apart" for drawing in drawings for tie in drawing.ties) > APART
    return Network(drawings, crowded, len(tied) - len(drawn))


def _together(groups: Sequence[_Group], matches: Iterable[Match]) -> list[list[_Group]]:
    """The groups connected by ties, most articles first; within each, in the order of ``groups``."""
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
    """As many members of the groups as there is room for, those with the origin first."""
    for group in groups:
        if room <= 0:
            return
        kept = sorted(group.members, key=partial(operator.ne, group.origin))[:room]
        room -= len(kept)
        yield group._replace(members=kept)


_End = str | int
"""Where a tie ends: at an article or, by the place of the family among the groups, at its frame."""
_Bundle = tuple[_End, str]
"""What shares a lane: the ties of one kind that set out from one place."""


class _Line(NamedTuple):
    """A tie before it has a place; ``inside`` a family if both ends are in one."""

    start: _End
    end: _End
    style: str
    inside: bool
    found: list[tuple[int, Match]]

    @property
    def bundle(self) -> _Bundle:
        return self.start, self.style


def _drawing(groups: Sequence[_Group], matches: Sequence[tuple[int, Match]], hrefs: Mapping[int, str]) -> Drawing:
    """Tied groups, one above the other, with their ties."""
    groups = _beside(groups, matches)
    heights, tops, bottom = _rows(groups)
    lines = _lines(groups, matches, heights)
    inner, within = _lanes([line for line in lines if line.inside], heights)
    outer, around = _lanes([line for line in lines if not line.inside], heights)
    edge = GAP + around
    middle = edge + GAP + within + RADIUS
    left = middle + RADIUS + 6
    origins = {group.origin for group in groups}
    nodes = [
        Node(name, _label(name, int((WIDTH - GAP - left) / LETTER)), middle, heights[name], name in origins)
        for group in groups
        for name in group.members
    ]
    frames = [
        Frame(group.number, group.title, edge, top, WIDTH - edge - 2, len(group.members) * ROW + GAP)
        for group, top in zip(groups, tops, strict=True)
        if group.number
    ]

    def tie(line: _Line) -> Tie:
        lane = middle - RADIUS - inner[line.bundle] if line.inside else edge - outer[line.bundle]
        aside = 0 if line.inside else 3
        start, end = (
            (edge if isinstance(each, int) else middle - RADIUS, heights[each] + aside) for each in (line.start, line.end)
        )
        number, match = line.found[0]
        return Tie(
            tuple(each for each, _ in line.found),
            hrefs.get(number, ""),
            _title(line, groups),
            line.style,
            match.direction is not None,
            _path(lane, start, end),
        )

    return Drawing(WIDTH, bottom, tuple(frames), tuple(nodes), tuple(map(tie, lines)))


def _beside(groups: Sequence[_Group], matches: Iterable[tuple[int, Match]]) -> list[_Group]:
    """The groups in an order in which an article in no family follows the family with which it has most ties."""
    of = {name: at for at, group in enumerate(groups) for name in group.members}
    with_families: list[Counter[int]] = [Counter() for _ in groups]
    for _, match in matches:
        one, two = of[match.a], of[match.b]
        for single, other in ((one, two), (two, one)):
            if groups[other].number and not groups[single].number:
                with_families[single][other] += 1
    after = [max(found, key=lambda each: (found[each], -each)) if found else at for at, found in enumerate(with_families)]
    return [groups[at] for at in sorted(range(len(groups)), key=lambda at: (after[at], at))]


def _rows(groups: Sequence[_Group]) -> tuple[dict[_End, float], list[float], int]:
    """The height at which the ties of each article and frame end, the top of each group, and where all of them end."""
    heights: dict[_End, float] = {}
    tops = []
    y, room = 2.0, 0.0
    for at, group in enumerate(groups):
        pad = GAP / 2 if group.number else 0.0
        y += max(room, 2 * pad) if at else 0
        tops.append(y)
        heights[at] = y + pad + 2  # above the first article
        heights |= {name: y + pad + (row + 0.5) * ROW for row, name in enumerate(group.members)}
        y, room = y + len(group.members) * ROW + 2 * pad, 2 * pad
    return heights, tops, math.ceil(y) + 2


def _lines(groups: Sequence[_Group], matches: Sequence[tuple[int, Match]], heights: Mapping[_End, float]) -> list[_Line]:
    """The ties to be drawn, each from its source, or else from the higher end."""
    of = {name: at for at, group in enumerate(groups) for name in group.members}
    lines: dict[tuple[_End, _End, str], _Line] = {}
    for number, match in matches:
        style, inside = _style(match), of[match.a] == of[match.b]
        ends: list[_End] = [match.a, match.b]
        if style == "apart":
            if inside:
                continue
            ends = [of[name] if groups[of[name]].number else name for name in ends if isinstance(name, str)]
        if not match.direction:
            ends.sort(key=heights.__getitem__)
        line = lines.setdefault((ends[0], ends[1], style), _Line(ends[0], ends[1], style, inside, []))
        line.found.append((number, match))
    return list(lines.values())


def _lanes(lines: Sequence[_Line], heights: Mapping[_End, float]) -> tuple[dict[_Bundle, float], float]:
    """How far from the discs, or from the frames, each bundle of ties runs, the short ones nearest; and where they end."""
    reach: dict[_Bundle, list[float]] = {}
    for line in lines:
        reach.setdefault(line.bundle, []).extend((heights[line.start], heights[line.end]))
    lanes: list[list[tuple[float, float]]] = []
    places = {}
    for bundle, ys in sorted(reach.items(), key=lambda each: max(each[1]) - min(each[1])):
        low, high = min(ys), max(ys)
        free = (at for at, taken in enumerate(lanes) if all(high < start or end < low for start, end in taken))
        at = next(free, len(lanes))
        if at == len(lanes):
            lanes.append([])
        lanes[at].append((low, high))
        places[bundle] = at
    step = min(LANE, LANES / max(len(lanes), 1))
    room = RADIUS + BEND  # for an arrowhead
    return {bundle: room + at * step for bundle, at in places.items()}, (room + len(lanes) * step if lanes else 0)


def _path(lane: float, start: tuple[float, float], end: tuple[float, float]) -> str:
    """From one end left to a lane, along it, and back to the other end, with rounded corners."""
    (x, y), (u, v) = start, end
    turn = math.copysign(min(BEND, abs(v - y) / 2), v - y)
    across = lane + abs(turn)
    return f"M{x:g} {y:g}H{across:g}Q{lane:g} {y:g} {lane:g} {y + turn:g}V{v - turn:g}Q{lane:g} {v:g} {across:g} {v:g}H{u:g}"


def _title(line: _Line, groups: Sequence[_Group]) -> str:
    if len(line.found) == 1:
        ((_, match),) = line.found
        return f"{match.a} {'→' if match.direction else '—'} {match.b}: {tag(match)}"
    ends = [groups[end].title if isinstance(end, int) else end for end in (line.start, line.end)]
    verdicts = ", ".join(dict.fromkeys(tag(match) for _, match in line.found))
    return f"{' — '.join(ends)}: {len(line.found)} matches, {verdicts}"


def _style(match: Match) -> str:
    if tag(match) == UNDECIDED:
        return UNDECIDED
    if match.verdict not in DERIVATIVE:
        return "apart"
    return "passages" if match.verdict == "partial" else "derived"


def _label(name: str, room: int) -> str:
    """A name that has no room is shortened in the middle, a headline at its end.

    Chinese, Japanese and Korean characters take twice the room.

    >>> _label("archive/2023/11/the-mayor-resigns.txt", 17)
    'archive/…igns.txt'
    >>> _label("新闻/市长辞职.txt", 17), _label("新闻/市长辞职.txt", 12)
    ('新闻/市长辞职.txt', '新闻/…职.txt')
    >>> _label("The Post, “Mayor resigns”", 22)
    'The Post, “Mayor …'
    """
    name = " ".join(name.split())
    if _breadth(name) <= room:
        return name
    if " " in name:
        while _breadth(name) > room - 2:
            name = name[:-1]
        return f"{name.rsplit(' ', 1)[0]} …"
    head, tail = name[: len(name) // 2], name[len(name) // 2 :]
    while _breadth(head) + _breadth(tail) >= room:
        head, tail = (head[:-1], tail) if _breadth(head) > _breadth(tail) else (head, tail[1:])
    return f"{head.rstrip('-._')}…{tail.lstrip('-._')}"


def _breadth(text: str) -> int:
    return len(text) + sum(unicodedata.east_asian_width(each) in "WF" for each in text)
