"""The paragraphs of a text, and those that are not part of the story: by what they say, by where they stand, or as learned.

By what a paragraph says: ``_FURNITURE``. By where it stands: a short line without a full stop is not part of the story if it
is above the first paragraph of prose or below the last, or has a bullet and is no list. Nor are the biographies below the
story, the dateline that begins it, and the numbers or times of day that begin the entries of a list or a live blog. No rule
names an article.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, pairwise

from ..languages.numerals import GERMAN_MONTHS
from ..model import Mark
from .attributions import DATELINE, PHOTO_CREDIT, dateline, signature

_SENTENCE_END = re.compile(r"[.!?…。！？؟۔।॥։።။។][\"'”’»)\]」』\s]*$")

# ----------------------------------------------------------------------------------------------------------- paragraphs

_LINE_END = re.compile(r"\r*\n|[\r\u2028\u2029]")
_WRAPPED_LINES = 4  # directly below another; fewer do not show whether a text is hard-wrapped
_WIDTHS = (40, 100)  # characters: if the usual line has no fewer and the longest no more, the lines are of one width
_UNFINISHED = 0.6  # share of lines of one width that end no sentence above which a text counts as hard-wrapped
_CONTINUED = 0.3  # the same for the share of lines, of whatever width, that continue in lower case
_BULLET = re.compile(r"\s*(?P<mark>[•▪‣◦●■►▶»*·–-])\s+")


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Half-open character ranges of the paragraphs, without surrounding white space.

    Each line is a paragraph unless the text is hard-wrapped; then blank lines separate paragraphs.
    """
    lines = [each.span() for each in re.finditer(r"[^\r\n\u2028\u2029]+", text) if not each.group().isspace()]
    joined = [
        len(_LINE_END.findall(text, end, start)) <= 1 and not _begins_entry(text, end, start)
        for (_, end), (start, _) in pairwise(lines)
    ]
    if _hard_wrapped(text, lines, joined):
        lines = _merged(lines, joined)
    return [(end - len(text[start:end].lstrip()), start + len(text[start:end].rstrip())) for start, end in lines]


def _begins_entry(text: str, end: int, start: int) -> bool:
    """Whether a line begins with a bullet, and not with a dash inside the sentence of the line that ends before it."""
    bullet = _BULLET.match(text, start)
    if not bullet:
        return False
    inside = text[bullet.end() : bullet.end() + 1].islower() and text[max(end - 9, 0) : end].rstrip()[-1:].isalnum()
    return not (inside and bullet["mark"] in "–-")


def _hard_wrapped(text: str, lines: Sequence[tuple[int, int]], joined: Sequence[bool]) -> bool:
    """Whether lines are of one width and mostly do not end a sentence, or many continue in lower case.

    ``joined``: for each line but the first, whether it stands directly below the one before it.
    """
    inner = [line for line, follows in zip(lines, joined, strict=False) if follows]
    if len(inner) < _WRAPPED_LINES:
        return False
    widths = sorted(end - start for start, end in inner)
    if widths[len(widths) // 2] >= _WIDTHS[0] and widths[-1] <= _WIDTHS[1]:
        unfinished = sum(not _SENTENCE_END.search(text[max(start, end - 9) : end]) for start, end in inner)
        if unfinished > _UNFINISHED * len(inner):
            return True
    return _continued(text, lines, joined) > _CONTINUED * len(inner)


def _continued(text: str, lines: Sequence[tuple[int, int]], joined: Sequence[bool]) -> int:
    """How many lines begin in lower case directly below another line."""
    after = (text[start:end].lstrip()[:1] for (start, end), follows in zip(lines[1:], joined, strict=True) if follows)
    return sum(first.islower() for first in after)


def _merged(lines: Sequence[tuple[int, int]], joined: Sequence[bool]) -> list[tuple[int, int]]:
    """The blocks of lines that stand directly below each other."""
    blocks = list(lines[:1])
    for line, follows in zip(lines[1:], joined, strict=True):
        if follows:
            blocks[-1] = (blocks[-1][0], line[1])
        else:
            blocks.append(line)
    return blocks


# ---------------------------------------------------------------------------------------- what is not part of the story

_PROSE_WORDS = 12  # a paragraph of this many words that ends with a full stop is prose


@dataclass(frozen=True, slots=True)
class _Layout:
    """The paragraphs of a text, in order, with what tells their place in it.

    ``counts``: their words. ``ended``: whether each ends with a full stop or the like, or with its author's signature.
    ``reasons``: why each is not part of the story, ``None`` for those that are; filled in step by step.
    """

    lines: list[str]
    counts: list[int]
    ended: list[bool]
    reasons: list[str | None]

    def prose(self) -> list[int]:
        """The places of the long paragraphs of the story."""
        return [
            at
            for at, count in enumerate(self.counts)
            if not self.reasons[at] and count >= _PROSE_WORDS and (self.ended[at] or count > _FURNITURE_WORDS)
        ]


def marks(text: str, ranges: Sequence[tuple[int, int]], learned: Iterable[Mark]) -> list[Mark]:
    """What is not part of the story, in order, with reasons.

    ``ranges``: the :func:`paragraphs` of the text; ``learned``: lines known to be boilerplate.
    """
    layout = _layout(text, ranges, learned)
    _set_links_aside(layout)
    prose = layout.prose()
    if prose:
        _set_head_aside(layout, prose[0])
        _set_foot_aside(layout, prose[-1])
        _set_biographies_aside(layout, prose)
    found = [
        Mark("boilerplate", start, end, reason)
        for (start, end), reason in zip(ranges, layout.reasons, strict=True)
        if reason is not None
    ]
    begun = {mark.start: mark for mark in chain(_labels(ranges, layout), _dateline(text, ranges, layout, prose))}
    return sorted([*found, *begun.values()], key=lambda mark: mark.start)


def _layout(text: str, ranges: Sequence[tuple[int, int]], learned: Iterable[Mark]) -> _Layout:
    """The layout of a text, with the reasons that do not depend on it."""
    lines = [text[start:end] for start, end in ranges]
    counts = [len(line.split()) for line in lines]
    ended = [bool(_SENTENCE_END.search(line[-12:])) or bool((signature(line) or (0,))[0]) for line in lines]
    known = _learned(text, ranges, learned)
    reasons = [note or _said(line, count) for note, line, count in zip(known, lines, counts, strict=True)]
    return _Layout(lines, counts, ended, reasons)


def _learned(text: str, ranges: Sequence[tuple[int, int]], learned: Iterable[Mark]) -> Iterator[str | None]:
    """For each paragraph, the note of the learned marks in it if they cover all its words, else ``None``.

    A hard-wrapped paragraph holds one mark per line.
    """
    known = sorted(learned, key=lambda mark: mark.start)
    starts = [mark.start for mark in known]
    for begin, end in ranges:
        inside = known[bisect_left(starts, begin) : bisect_left(starts, end)]
        edges = [begin, *chain.from_iterable((mark.start, mark.end) for mark in inside), end]
        left = "".join(text[first:last] for first, last in zip(edges[::2], edges[1::2], strict=True)) if inside else ""
        yield inside[0].note if inside and not any(map(str.isalnum, left)) else None


def _dateline(text: str, ranges: Sequence[tuple[int, int]], layout: _Layout, prose: Sequence[int]) -> Iterator[Mark]:
    """The dateline that begins the first paragraph of prose, or the first sentence: Chinese has no long lines."""
    begins = prose or [at for at, end in enumerate(layout.ended) if end and not layout.reasons[at]]
    for begin, end in (ranges[at] for at in begins[:1]):
        if found := dateline(text, begin, end):
            yield Mark("boilerplate", begin, found[0], DATELINE)


_LABELS = {
    "number in a list": re.compile(rf"\(?(?P<at>\d{{1,2}})[.)]\s+(?!(?:{GERMAN_MONTHS.replace(' ', '|')})\b)(?=\S)"),
    "time of an entry": re.compile(
        r"(?:[01]?\d|2[0-4])(?::[0-5]\d(?:\s?[ap]\.?m\b\.?)?|(?:\.[0-5]\d)?\s?(?:[ap]\.?m\b\.?|Uhr\b))"
        r"(?:\s[A-Z]{2,4}\b)?\s*(?:[–—|-]\s|:\s|$)\s*",
        re.IGNORECASE,
    ),
}
_ENTRIES = 3  # paragraphs that begin in one way from which this is a list


def _labels(ranges: Sequence[tuple[int, int]], layout: _Layout) -> Iterator[Mark]:
    """The numbers that count paragraphs from 1 on, or down to it, and the times that begin them: no figures of the story."""
    for reason, pattern in _LABELS.items():
        lines = zip(ranges, layout.lines, layout.reasons, strict=True)
        found = [(begin, label) for (begin, _), line, out in lines if not out and (label := pattern.match(line))]
        counted = [int(label["at"]) for _, label in found] if pattern.groups else []
        if len(found) >= _ENTRIES and sorted(counted) == [*range(1, len(counted) + 1)]:
            yield from (Mark("boilerplate", begin, begin + label.end(), reason) for begin, label in found)


# ---------------------------------------------------------------------------------------- told by what a paragraph says

# Paragraphs that are not part of the story, by what they say. Each name is the reason shown to the reader; each pattern is
# searched in a single paragraph of at most ``_FURNITURE_WORDS`` words (a real paragraph is longer, or has neighbours that
# are).
_FURNITURE_WORDS = 45
_FURNITURE = {
    "reading time": r"^\d{1,3}[ -]?min(?:ute)?s?(?: read)?$|^reading time\b",
    "counter": (
        r"^[\d.,]+ (?:out of|of|/) [\d.,]+(?: (?:members|supporters|subscribers|readers|donors)\b.{0,20})?$"
        r"|^[\d.,]+ (?:comments?|shares?|views?)$"
    ),
    "appeal to readers": (
        r"^(?:please )?(?:help us|support (?:us\b|our (?:work|journalism|reporting|newsroom|mission))|"
        r"become (?:an?|one of our).{0,20} (?:member|subscriber|supporter|patron)s?|"
        r"join (?:us|our (?:members|community))|sign up|"
        r"subscribe|donate|make a (?:donation|contribution)|get (?:our|the) (?:latest|free|daily|best)|"
        r"already a (?:member|subscriber))\b"
        r"|\b(?:quality|independent|our) journalism (?:takes|needs|depends|costs|is (?:free|funded|supported))\b"
        r"|\b(?:our|free|daily|weekly) newsletters?\b.*\b(?:inbox|sign|subscribe)\b"
    ),
    PHOTO_CREDIT: (
        r"\([^()]{0,80}(?:\bvia |/ ?)(?:Getty|AP|AFP|Reuters|EPA|Shutterstock|Bloomberg|Anadolu|Xinhua|TASS|Zuma|iStock)\b"
        r"[^()]{0,40}\)\W*$|\((?:photos?|images?|picture|credit|file)\b[^()]{0,80}\)\W*$"
        r"|^(?:file )?(?:photos?|images?|pictures?|photographs?|illustration|credit)(?: (?:by|credit))?\s?[:/]"
        r"|^(?:Getty Images|AP Photo|AFP|Reuters)(?: ?/ ?[\w' .-]{1,40})?$|^photo (?:by|courtesy of)\b.{0,80}$"
    ),
    "video caption": r"^.{0,120}[^\d:]\d{1,2}:\d{2}$|^(?:watch|video)\s?[:|]|^now playing\b",
    "navigation": (
        r"^(?:read more|show more|see more|view more|load more|more|news feed|latest news|top stories|most read|"
        r"most popular|"
        r"trending(?: now)?|related(?: (?:articles|stories|content|news|topics))?|share(?: this.{0,30})?|tweet|e-?mail|"
        r"print|advertisement|advertising|sponsored|video thumbnail|avatar|home|menu|search|comments?|"
        r"leave a (?:comment|reply)|"
        r"sign in|log ?in|register|follow us.{0,40}|skip to .{0,40}|back to top|next|previous|topics?|tags?|"
        r"recommended(?: for you)?|copy link|save|gift this article|listen(?: to .{0,30})?|close|follow|facebook|twitter|"
        r"whatsapp|linkedin)$"
    ),
    "related story": (
        r"^(?:read (?:more|also|next)|related|see also|more on(?: this)?|also read|recommended|don['’]t miss)\s?[:|>-]"
    ),
    "rights": (
        r"^(?:©|\(c\)|copyright\b)|\ball rights reserved\b|^this (?:material|article) may not be (?:re)?published\b"
    ),
    "credit": (
        r"^\(?(?:additional )?(?:reporting|writing|editing|compiled|translated) by\b.{0,160}$"
        r"|^by (?-i:[A-Z][\w'’-]*)(?: (?:and|with|of|de|van|von|(?-i:[A-Z](?:\.|[\w'’-]*))),?){0,9}$"
    ),
}
_FURNITURE_RULES = tuple((name, re.compile(rule, re.IGNORECASE)) for name, rule in _FURNITURE.items())


def _said(line: str, words_in_line: int) -> str | None:
    """Why a paragraph is not part of the story, judged by its words alone; ``None`` if they do not say."""
    if words_in_line <= _FURNITURE_WORDS:
        for name, rule in _FURNITURE_RULES:
            if rule.search(line):
                return name
    return None


# ---------------------------------------------------------------------------------------------- told by where it stands

_LIST_BULLETS = 3  # links stand alone or in pairs; so many bullets are a list that belongs to the story


def _set_links_aside(layout: _Layout) -> None:
    """Set aside lines with a bullet and without a full stop, unless there are so many together that they are a list."""
    bullets = [bool(_BULLET.match(line)) and not end for line, end in zip(layout.lines, layout.ended, strict=True)]
    for bullet, run in groupby(range(len(bullets)), bullets.__getitem__):
        places = list(run)
        if bullet and len(places) < _LIST_BULLETS:
            for at in places:
                layout.reasons[at] = layout.reasons[at] or "link to another story"


_TITLE_WORDS = 3  # the longest line above the story is its title, unless it has fewer words


def _set_head_aside(layout: _Layout, first: int) -> None:
    """Set aside lines above the ``first`` paragraph of prose that were said before, or are neither sentence nor title."""
    lines, counts, reasons = layout.lines, layout.counts, layout.reasons
    titles = (at for at in range(first) if not reasons[at] and counts[at] >= _TITLE_WORDS)
    title = max(titles, key=counts.__getitem__, default=None)
    seen: set[str] = set()
    for at in range(first):
        if not reasons[at] and lines[at] in seen:
            reasons[at] = "heading said twice"
        elif not reasons[at] and at != title and not layout.ended[at]:
            reasons[at] = "line above the story"
        seen.add(lines[at])


_TAG_LINE = re.compile(r"[^\W\d_A-Z][^\W\d_a-z]")  # "ConflictWagner": tags whose separating space was lost
_TAG_JOINTS = 2


def _set_foot_aside(layout: _Layout, last: int) -> None:
    """Set aside what is no sentence below the ``last`` paragraph of prose."""
    for at in range(last + 1, len(layout.lines)):
        if not layout.reasons[at] and not layout.ended[at]:
            glued = len(_TAG_LINE.findall(layout.lines[at])) >= _TAG_JOINTS
            layout.reasons[at] = "tags" if glued else "line below the story"


_BIOGRAPHY = re.compile(
    r"^(?:[Aa]bout the author:?\s+)?(?:[^\W\d_a-z][\w.'’-]*\s+){1,4}"
    r"(?:is|was|has been|covers|writes|reports|joined|works)\b[^.]{0,100}\b(?:reporter|"
    r"correspondent|editor|journalist|writer|columnist|author|producer|contributor|anchor|photographer|fellow|covers|writes "
    r"about|reports on)\b",
)
_SIGNED_WORDS = 6  # of a line above a biography: a name or a job title


def _set_biographies_aside(layout: _Layout, prose: Sequence[int]) -> None:
    """Set aside the last paragraphs of ``prose`` as long as each introduces a journalist; the first never does.

    All but the last must have furniture directly above them.
    """
    for at in reversed(prose[1:]):
        if not _BIOGRAPHY.match(layout.lines[at]) or not (layout.reasons[at - 1] or at == prose[-1]):
            return
        layout.reasons[at] = "about the author"
        _set_name_aside(layout, at)


def _set_name_aside(layout: _Layout, biography: int) -> None:
    """Set aside the journalist's name and job title above a biography, through furniture; never the first paragraph."""
    for at in range(biography - 1, 0, -1):
        if layout.reasons[at] is None and (layout.counts[at] > _SIGNED_WORDS or layout.ended[at]):
            return
        layout.reasons[at] = layout.reasons[at] or "about the author"
