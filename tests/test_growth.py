"""Loops over words, sentences and marks take time in proportion to them: eight times as many take no 64 times as long."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from detector import text
from detector.comparing import uncollected
from detector.document import Document
from detector.judging import evidence, substitutions
from detector.loops import align_kernels, judge_kernels
from detector.model import Article, Mark
from detector.text import analyse

Loop = Callable[[int], Callable[[], Any]]
"""From a size, prepared input and a call that takes the time."""


def units_without_counterparts(size: int) -> Callable[[], Any]:
    """Lines that are all alike: their terms are too common to lead anywhere."""
    ids, units = np.zeros(size, np.int32), np.stack([np.arange(size), np.arange(size) + 1], axis=1)
    offset, places = align_kernels.postings(ids, units, 1)
    told, weight = np.zeros(size, np.bool_), np.ones(1)
    return lambda: align_kernels.counterparts(ids, units, told, offset, units, told, offset, places, weight, 900, 1.9)


def facts_in(sentences: np.ndarray) -> Callable[[], Any]:
    """Facts of (s, 3) sentences, looked for in the same sentences."""
    mentions, first, which = np.unique(sentences, return_index=True, return_inverse=True)
    rows = which.reshape(sentences.shape)
    postings = align_kernels.postings(rows.ravel().astype(np.int32), cut(rows), len(mentions))
    starts, every = 3 * np.arange(len(rows) + 1), np.ones(len(mentions), np.bool_)
    return lambda: judge_kernels.facts_kept(
        mentions, every, every, rows.ravel(), starts, mentions, first, *postings, len(rows), 2
    )


def cut(rows: np.ndarray) -> np.ndarray:
    begin = rows.shape[1] * np.arange(len(rows))
    return np.stack([begin, begin + rows.shape[1]], axis=1)


def one_sentence_again_and_again(size: int) -> Callable[[], Any]:
    return facts_in(np.tile(np.arange(3, dtype=np.uint64), (size // 3, 1)))


def names_with_a_number_each(size: int) -> Callable[[], Any]:
    rows = np.tile(np.arange(3, dtype=np.uint64), (size // 3, 1))
    rows[:, 2] += np.arange(len(rows), dtype=np.uint64)
    return facts_in(rows)


def nothing_but_facts(size: int) -> Callable[[], Any]:
    return facts_in(np.arange(size // 3 * 3, dtype=np.uint64).reshape(-1, 3))


def words(size: int) -> Document:
    return analyse(Article(id="a", text="the bridge is shut " * (size // 4)))


def marks(document: Document) -> tuple[Mark, ...]:
    begun = zip(document.start.tolist(), document.end.tolist(), strict=True)
    return tuple(Mark("attribution", *each, "Reuters") for each in begun)


def boilerplate(size: int) -> Callable[[], Any]:
    document = words(size)
    every = marks(document)
    return lambda: text._body(document.start, every)


def attributions(size: int) -> Callable[[], Any]:
    document = words(size)
    told, covered = replace(document, attributions=marks(document)), np.ones(len(document.start), np.bool_)
    return lambda: evidence._named_for(told, covered)


def citations(size: int) -> Callable[[], Any]:
    document = words(size)
    told = replace(document, attributions=tuple(replace(each, note="The Post") for each in marks(document)))
    other = analyse(Article(id="b", text="The bridge is shut.", source="The Post"))
    return lambda: evidence.without_citation(told, other)


def anchors(size: int) -> Callable[[], Any]:
    document = words(size)
    return lambda: substitutions._anchors(document, document, (0, size, 0, size), document.names, document.names)


def names_of_a_list(size: int) -> Callable[[], Any]:
    sentences = "".join(f"Then {chr(65 + at % 26)}x{at} came. " for at in range(size))
    document = analyse(Article(id="a", text=sentences))
    span = np.array([[0, len(document.start)] * 2], np.int64)
    return lambda: list(substitutions.swapped(document, document, span, np.ones(1, np.bool_)))


@pytest.mark.parametrize(
    ("loop", "size"),
    [
        (units_without_counterparts, 4_000),
        (one_sentence_again_and_again, 6_000),
        (names_with_a_number_each, 6_000),
        (nothing_but_facts, 12_000),
        (boilerplate, 16_000),
        (attributions, 16_000),
        (citations, 16_000),
        (anchors, 1_000),
        (names_of_a_list, 1_000),
    ],
)
def test_eight_times_as_many_take_about_eight_times_as_long(loop: Loop, size: int) -> None:
    loop(size)()  # compiles what is not compiled yet

    def seconds(size: int) -> float:
        call = loop(size)
        with uncollected():
            began = time.process_time()
            call()
            return time.process_time() - began

    short, long = min(seconds(size) for _ in range(3)), min(seconds(8 * size) for _ in range(2))
    assert long < 24 * max(short, 0.005), (short, long)
