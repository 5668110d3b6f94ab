"""Quoted speech in a text: between quotation marks of any tradition, or behind a dash, and who is named as saying it.

Marks are matched like brackets, each kind separately, so that an inner quotation does not end the outer one. A speech of
several paragraphs opens each with a mark and closes only the last; all of it has one speaker.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from ..model import Mark
from .attributions import saying
from .speakers import speaker_of, with_points

_QUOTED_WORDS = 3  # shorter ones are names, titles and scare quotes, not speech

OPENED = re.compile("[“„”«»‹›「『\"‘‚]")
_MARK = re.compile(r"[“„”«»‹›「」『』\"‘‚]|’(?![^\W\d_])")  # not an apostrophe
# What closes each mark, by usage: “English”, „Deutsch“, „polski”, ”svenska” and ”اردو“, «français», »dansk«. An unclosed
# mark runs to the end of its paragraph; one of _OFTEN_ALONE does so only if the next paragraphs open with a mark of
# _REOPENED and the last of them closes the speech.
_CLOSERS = {
    "“": "”", "„": "“”", "”": "”“", "«": "»", "»": "«", "‹": "›", "›": "‹", "「": "」", "『": "』",
    '"': '"', "‘": "’", "‚": "‘’",
}  # fmt: skip
_OFTEN_ALONE = "‘‚«»‹›”"  # apostrophes, and marks used as bullets and arrows
_REOPENED = {"«": "«»", "»": "»", "‹": "‹›", "›": "›", "”": "”"}  # the others are too often apostrophes
_PART_ENDS = ".!?…:;؟۔»"  # of a paragraph whose speech goes on; a line with an arrow before it has no such end
_SPEECH_PARAGRAPHS = 40
_ALWAYS_OPEN = "“„‘‚«‹「『"  # the others open only before a word that they touch on this side alone
_IN_A_WORD = re.compile(r"[\w.,!?]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Characters between marks. ``mark``: what opened the speech; ``open``: nothing closes it; ``block``: its paragraph."""

    start: int
    end: int
    mark: str
    open: bool
    block: int


def spoken(text: str, blocks: Sequence[tuple[int, int]], language: str = "") -> Iterator[Quotation]:
    """The outermost quotations of all paragraphs, in order; in some languages also speech behind a dash.

    >>> text = "«Wir haben gewartet.\\n»Dann fiel die Brücke.» So war es."
    >>> [text[each.start : each.end] for each in spoken(text, [(0, 20), (21, len(text))])]
    ['Wir haben gewartet.', 'Dann fiel die Brücke.']
    """
    reopened = any(text[begin] in _REOPENED for begin, _ in blocks[1:])
    until = 0  # end of the last speech of several paragraphs
    for at, (begin, stop) in enumerate(blocks):
        parts = _going_on(text, blocks, at) if reopened and at >= until else []
        if parts:
            until = at + len(parts)
            yield from chain.from_iterable(parts)
        elif at >= until:
            yield from _behind_dash(text, begin, stop, at, language) or quotations(text, begin, stop, at)


_DASHED = ("es", "fr", "it", "pt", "ru", "uk")  # languages whose newspapers print speech behind a dash
_DASH = re.compile(r"[—–-]\s?(?=\w|\.{3}|…)")
_RESUMED = re.compile(r"[.,;:]?\s?[—–-][.,;:]?\s+(?=\w)")  # behind the words that tell who speaks


@cache
def _inserted(language: str) -> re.Pattern[str]:
    """Where a speech behind a dash stops for the words that tell who speaks: ", — said", " —said", ", said"."""
    return re.compile(rf"(?P<dash>[,.!?…]\s?[—–-]|\s[—–-]|,)\s?(?:{saying(language)[0]})\b")


def _behind_dash(text: str, start: int, end: int, block: int, language: str) -> list[Quotation]:
    """The speech of a paragraph that begins with a dash, without the words that tell who speaks; [] if it has no such words.

    Lists and interviews have dashes, too, but no verb of saying between their parts.

    >>> text = "— Мост закрыт, — сказал Антон Котов. — Когда откроют, не знаю."
    >>> [text[each.start : each.end] for each in _behind_dash(text, 0, len(text), 0, "ru")]
    ['Мост закрыт', 'Когда откроют, не знаю.']
    """
    dash = _DASH.match(text, start, end) if language in _DASHED else None
    found: list[Quotation] = []
    while dash:
        told = _inserted(language).search(text, dash.end(), end)
        listed = told and told["dash"] == "," and (text[start] != "—" or ":" in text[dash.end() : told.start()])
        if listed or (not told and not found):
            break  # a list has dashes, too
        found.append(Quotation(dash.end(), told.start() if told else end, "—", not told, block))
        dash = _RESUMED.search(text, told.end(), end) if told else None
    return found


def _ended(paragraph: str) -> bool:
    """Whether a paragraph ends like one whose speech goes on, with or without closing brackets or other marks."""
    return paragraph[-1] in _PART_ENDS or paragraph.rstrip("”’)]\"")[-1:] in _PART_ENDS


def _going_on(text: str, blocks: Sequence[tuple[int, int]], at: int) -> list[list[Quotation]]:
    """The quotations, by paragraph, of a speech in ``_REOPENED`` marks that begins in paragraph ``at``; [] if none does."""
    if at + 1 == len(blocks) or text[blocks[at + 1][0]] not in _REOPENED:
        return []
    parts: list[list[Quotation]] = []
    mark = ""
    for block in range(at, min(at + _SPEECH_PARAGRAPHS, len(blocks))):
        begin, stop = blocks[block]
        if mark and text[begin] not in _REOPENED[mark]:
            break
        here = list(quotations(text, begin, stop, block, mark, left_open=True))
        if mark and here and not here[0].open:
            return [*parts, list(quotations(text, begin, stop, block, mark))]
        if not (here and here[-1].open and here[-1].mark in _REOPENED and _ended(text[begin:stop])):
            break
        parts.append(here)
        mark = here[-1].mark
    return []


def quotations(
    text: str, start: int, end: int, block: int = 0, reopened: str = "", *, left_open: bool = False
) -> Iterator[Quotation]:
    """The outermost quotations of one paragraph, in order.

    ``reopened``: the mark of a speech that this paragraph continues, whose first character then reopens it. ``left_open``:
    include unclosed quotations in marks of ``_OFTEN_ALONE``.

    >>> text = "She said: “He told me ‘no’, and then “never”, twice.” «Nu»."
    >>> [text[each.start : each.end] for each in quotations(text, 0, len(text))]
    ['He told me ‘no’, and then “never”, twice.', 'Nu']
    """
    opened, closed = _matched(text, start, end, reopened)
    at = start
    for place, stop in opened.items():
        if place < at:
            continue
        mark = reopened if reopened and place == start else text[place]
        if stop < 0:  # one more opened than closed: the first later mark that closed this kind
            ends = closed.get(mark, [])
            after = bisect_left(ends, place)
            stop = ends[after] if after < len(ends) else -1
        if stop < 0 and mark in _OFTEN_ALONE and not left_open:
            continue
        at = (stop if stop >= 0 else end) + 1
        if at - 1 > place + 1:
            yield Quotation(place + 1, at - 1, mark, stop < 0, block)


def _matched(text: str, start: int, end: int, reopened: str) -> tuple[dict[int, int], dict[str, list[int]]]:
    """The position of each opening mark with that of its closing mark, or -1; and the closing positions by opening mark."""
    opened: dict[int, int] = {}
    closed: dict[str, list[int]] = {}
    waiting: dict[str, list[int]] = {}
    if reopened:
        opened[start] = -1
        waiting[reopened] = [start]
    for found in _MARK.finditer(text, start + bool(reopened), end):
        mark, place = found[0], found.start()
        before, after = text[place - 1] if place > start else " ", text[place + 1 : place + 2]
        opens = (before.isspace() or before in "([—–-:") and bool(after) and not after.isspace()
        closes = [each for each, places in waiting.items() if places and mark in _CLOSERS[each]]
        if closes and not (opens and mark in "“‘«"):
            opener = max(closes, key=lambda each: waiting[each][-1])
            opened[waiting[opener].pop()] = place
            closed.setdefault(opener, []).append(place)
        elif mark in _ALWAYS_OPEN or (mark in _CLOSERS and (opens or (mark == '"' and not _IN_A_WORD.match(before)))):
            opened[place] = -1
            waiting.setdefault(mark, []).append(place)
    return opened, closed


def speech(
    text: str, language: str, start: NDArray[np.int32], found: Sequence[Quotation], blocks: Sequence[tuple[int, int]]
) -> tuple[NDArray[np.int32], tuple[Mark, ...]]:
    """Number the quotation that each word is in, and mark the quotations with their speakers.

    ``start``: (n,), offsets of the words; ``blocks``: the paragraphs that the quotations ``found`` refer to by number.
    Returns (n,) int32, -1 outside quotations, and the marks; quotations under ``_QUOTED_WORDS`` words are left out.
    """
    quoted, pointed = np.full(len(start), -1, np.int32), with_points(text)
    marks: list[Mark] = []
    speaker, unnamed = "", 0  # the last speaker, and how many parts of this speech have no speaker yet
    before: Quotation | None = None
    words_of = np.searchsorted(start, np.array([(each.start, each.end) for each in found], np.int32).reshape(-1, 2))
    for each, (first, last) in zip(found, words_of.tolist(), strict=True):
        goes_on = before is not None and _goes_on(before, each, blocks)
        if last - first < _QUOTED_WORDS:
            before = each if goes_on else before
            continue
        same = goes_on or (before is not None and each.block == before.block)
        speaker = speaker_of(pointed, language, each.start, each.end, blocks[each.block], speaker if same else "")
        if not goes_on:
            unnamed = 0
        elif speaker and unnamed:
            marks[-unnamed:] = [Mark("quotation", part.start, part.end, speaker) for part in marks[-unnamed:]]
            unnamed = 0
        unnamed += not speaker
        quoted[first:last] = len(marks)
        marks.append(Mark("quotation", each.start, each.end, speaker))
        before = each
    return quoted, tuple(marks)


def _goes_on(one: Quotation, other: Quotation, blocks: Sequence[tuple[int, int]]) -> bool:
    """Whether ``other`` opens its paragraph and continues a quotation that the previous paragraph left open."""
    opens = other.start - 1 == blocks[other.block][0]
    return one.open and opens and one.mark == other.mark and other.block == one.block + 1
