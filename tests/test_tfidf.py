"""What ``tfidf`` promises: rare shared words bring rewrites together, whatever their wording."""

from __future__ import annotations

import numpy as np
import pytest

from detector import tfidf
from detector.model import Article, Settings
from detector.text import analyse
from tests.stories import INDEPENDENT, REPORT, REWRITE, UNRELATED

TEXTS = (REPORT, UNRELATED, REWRITE, INDEPENDENT, "", UNRELATED.replace("Rowing", "Sailing"))


def table(texts: tuple[str, ...] = TEXTS) -> object:
    return tfidf.rows([analyse(Article(id="a", text=text)) for text in texts])


def test_a_rewrite_is_nearer_than_an_independent_report_and_that_nearer_than_another_story() -> None:
    rows = table()
    near = [tfidf.cosine(rows, 0, other) for other in (2, 3, 1)]
    assert near == sorted(near, reverse=True)
    assert tfidf.cosine(rows, 0, 0) == pytest.approx(1)
    assert tfidf.cosine(rows, 0, 4) == 0


def test_each_article_is_paired_with_its_nearest() -> None:
    pairs = tfidf.candidates(table(), Settings(neighbours=1)).tolist()
    assert pairs == [[0, 2], [1, 5], [2, 3]]  # the independent report is nearest to the shorter rewrite


def test_against_an_archive_only_cross_pairs_are_proposed() -> None:
    pairs = tfidf.candidates(table(), Settings(neighbours=2), own=2)
    assert ((pairs[:, 0] < 2) & (pairs[:, 1] >= 2)).all()
    assert [0, 2] in pairs.tolist()
    assert [1, 5] in pairs.tolist()


def test_boilerplate_brings_nobody_together() -> None:
    banner = "Help us reach 25,000 members by the end of the year.\n\n"
    alone, with_banner = table((REPORT, UNRELATED)), table((banner + REPORT, banner + UNRELATED))
    assert tfidf.cosine(with_banner, 0, 1) == pytest.approx(tfidf.cosine(alone, 0, 1))


@pytest.mark.parametrize("texts", [(), ("",), ("", ""), ("word",)])
def test_nothing_to_compare_is_no_pair(texts: tuple[str, ...]) -> None:
    assert tfidf.candidates(table(texts), Settings()).shape == (0, 2)


def test_pairs_do_not_depend_on_the_number_of_threads() -> None:
    rows = table()
    one, four = (tfidf.candidates(rows, Settings(workers=each)) for each in (1, 4))
    assert np.array_equal(one, four)
