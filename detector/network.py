"""The map: a drawing of who took from whom among all the articles.

Each family is a star or a ring: its origin in the middle, the others around it in the order of their names. Families, and
articles in none, that are tied to each other share a drawing, in rows like books on shelves; the drawings, those with the
most articles first, flow like words. That takes one pass and gives the same map for the same report; a force-directed layout
would do neither.
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
"""Articles that the map shows: as many as one can still tell apart by scrolling through it."""
WIDTH = 1300
"""Greatest width of a drawing, in pixels at which its words are readable."""
FEW = 24
"""Articles up to which a drawing is kept narrow enough for a telephone."""
CELL_WIDTH, CELL_HEIGHT = 140, 72
"""Room for an article and its name."""
NARROW = 3 * CELL_WIDTH
"""Width of a drawing with few articles, and of the smallest star."""
APART = 100
"""Ties of one event or source up to which they are drawn from the start; more would hide who took from whom."""
NAME = 17
"""Characters of a name that fit; a longer one loses its middle."""
LETTER = 7.2
"""Width of one character, as large as it is drawn on a telephone."""
RADIUS = 7
BEND = 40.0
"""Pixels by which an unobstructed long tie bends at most from the straight line; half of that is visible."""
BENDS = (0.25, -0.25, 0.4, -0.4, 0.6, -0.6, 0.8, -0.8, 1.1, -1.1)
"""Further bends, as shares of the length, tried until a tie passes through no third article."""
ROUTED = 40
"""Articles in a drawing up to which ties are routed around others; in larger drawings they cross everything anyway."""
STEPS = 40
"""Steps along a tie at which it is tested."""

_Point = tuple[float, float]


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
    """A match on the map, with an arrow from source to derived if the direction is known; ``number`` is that of its row."""

    number: int
    href: str
    title: str
    style: str
    directed: bool
    probability: float
    path: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Families and articles that are tied to each other, drawn."""

    width: int
    height: int
    frames: tuple[Frame, ...]
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]

    @property
    def narrow(self) -> bool:
        """Whether a telephone can show it at a readable size."""
        return self.width <= NARROW


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
    def narrow(self) -> bool:
        """Whether a telephone can show all drawings."""
        return all(drawing.narrow for drawing in self.drawings)

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


def _drawing(groups: Sequence[_Group], matches: Sequence[tuple[int, Match]], hrefs: Mapping[int, str]) -> Drawing:
    """Tied groups on shelves, with their ties."""
    places: dict[str, _Point] = {}
    frames = []
    widest = NARROW if sum(len(group.members) for group in groups) <= FEW else WIDTH
    x = y = shelf = right = 0.0
    for group in groups:
        around, width, height = _placed(group)
        if x and x + width > widest:
            x, y, shelf = 0.0, y + shelf, 0.0
        places.update((name, (x + dx, y + dy)) for name, (dx, dy) in around.items())
        if group.number:
            frames.append(Frame(group.number, group.title, x + 4, y + 4, width - 8, height - 8))
        x, shelf = x + width, max(shelf, height)
        right = max(right, x)
    origins = {group.origin for group in groups}
    nodes = [Node(name, _label(name), round(at[0], 1), round(at[1], 1), name in origins) for name, at in places.items()]
    size = math.ceil(right), math.ceil(y + shelf)
    blocks = {node.name: _Block(node.x, node.y, LETTER * len(node.label) / 2 + 4) for node in nodes}
    ties = [
        Tie(
            number,
            hrefs.get(number, ""),
            f"{match.a} {'→' if match.direction else '—'} {match.b}: {match.verdict}",
            _style(match),
            match.direction is not None,
            match.probability,
            _path(match.a, match.b, blocks, size),
        )
        for number, match in matches
    ]
    return Drawing(*size, tuple(frames), tuple(nodes), tuple(ties))


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
    """As many members of the groups as there is room for; a group that is cut keeps its origin."""
    for group in groups:
        if room <= 0:
            return
        kept = sorted(group.members, key=partial(operator.ne, group.origin))[:room]
        room -= len(kept)
        yield group._replace(members=kept)


def _placed(group: _Group) -> tuple[dict[str, tuple[float, float]], float, float]:
    """Positions of a family's members within its box, and the box's width and height."""
    origin, members = group.origin, group.members
    others = [name for name in members if name != origin]
    first = [origin] if origin is not None and origin in members else []
    if len(members) < 3 or (first and len(members) == 3):
        line = [*first, *others] if len(members) < 3 else [others[0], *first, others[1]]
        row = {name: (CELL_WIDTH * (at + 0.5), CELL_HEIGHT / 2) for at, name in enumerate(line)}
        return row, CELL_WIDTH * len(members), CELL_HEIGHT + 0.0
    # Neighbours on the ring stand a cell apart; the ring is wider than high, as names are.
    radius = max(CELL_HEIGHT * 0.9, len(others) * CELL_HEIGHT * 0.8 / math.tau)
    across = max(CELL_WIDTH, radius * 1.6)
    middle = (across + CELL_WIDTH / 2, radius + CELL_HEIGHT / 2)
    ring = {}
    for at, name in enumerate(others):
        angle = math.tau * at / len(others) - math.pi / 2
        ring[name] = (middle[0] + across * math.cos(angle), middle[1] + radius * math.sin(angle))
    ring.update((name, middle) for name in first)
    return ring, 2 * across + CELL_WIDTH, 2 * radius + CELL_HEIGHT + 0.0


class _Block(NamedTuple):
    """The space of an article and its name: a disc and, below it, a box extending ``half`` to each side."""

    x: float
    y: float
    half: float

    def holds(self, point: _Point) -> bool:
        """Whether a tie through this point would touch it."""
        dx, dy = abs(point[0] - self.x), point[1] - self.y
        return math.hypot(dx, dy) < RADIUS + 3 or (dx < self.half and 9 <= dy <= 26)


def _path(start: str, end: str, blocks: Mapping[str, _Block], size: tuple[int, int]) -> str:
    """A curve between two articles, bent to pass through no third if possible; it ends before their discs and names."""
    here, there = blocks[start], blocks[end]
    length = math.hypot(there.x - here.x, there.y - here.y) or 1.0
    plain = 0.0 if length <= CELL_WIDTH else min(BEND, length / 8)
    others = [block for name, block in blocks.items() if name not in (start, end)] if len(blocks) <= ROUTED else []
    fewest, best = math.inf, [(here.x, here.y)] * 3
    for bend in (plain, -plain, *(share * length for share in BENDS)) if others else (plain,):
        curve = _curve(here, there, length, bend)
        run = [_at(curve, step / STEPS) for step in range(1, STEPS)]
        hit = sum(block.holds(point) for block in others for point in run)
        hit += sum(not (4 < x < size[0] - 4 and 4 < y < size[1] - 4) for x, y in run)
        if hit < fewest:
            fewest, best = hit, curve
        if not hit:
            break
    leaves = max((step for step in range(100) if here.holds(_at(best, step / 200))), default=0) / 200 + 0.005
    arrives = min((step for step in range(101, 201) if there.holds(_at(best, step / 200))), default=200) / 200 - 0.005
    first, last = _at(best, leaves), _at(best, arrives)
    # The middle control point of a piece of such a curve lies where its two tangents meet.
    (x, y), (cx, cy), (u, v) = best
    p, q = 1 - leaves, leaves
    weights = p * (1 - arrives), p * arrives + q * (1 - arrives), q * arrives
    middle = [sum(map(operator.mul, weights, each)) for each in ((x, cx, u), (y, cy, v))]
    return f"M{first[0]:.0f} {first[1]:.0f}Q{middle[0]:.0f} {middle[1]:.0f} {last[0]:.0f} {last[1]:.0f}"


def _curve(here: _Block, there: _Block, length: float, bend: float) -> list[_Point]:
    """The control points of a quadratic curve; the middle one lies ``bend`` off the straight line."""
    dx, dy = there.x - here.x, there.y - here.y
    aside = ((here.x + there.x) / 2 + dy / length * bend, (here.y + there.y) / 2 - dx / length * bend)
    return [(here.x, here.y), aside, (there.x, there.y)]


def _at(curve: Sequence[_Point], t: float) -> _Point:
    (x, y), (cx, cy), (u, v) = curve
    p, q, r = (1 - t) ** 2, 2 * t * (1 - t), t * t
    return p * x + q * cx + r * u, p * y + q * cy + r * v


def _style(match: Match) -> str:
    if match.verdict not in DERIVATIVE:
        return "apart"
    return "passages" if match.verdict == "partial" else "derived"


def _label(name: str) -> str:
    """A name shortened to fit.

    >>> _label("archive/2023/11/the-mayor-resigns.txt")
    'archive/…signs.txt'
    >>> _label("wire/poor-harvest-of-the-year.html.txt")
    'wire/poo…html.txt'
    """
    name = " ".join(name.split())
    if len(name) <= NAME:
        return name
    return f"{name[: NAME // 2].rstrip('-._')}…{name[-(NAME // 2 + 1) :].lstrip('-._')}"
