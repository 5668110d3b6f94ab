"""What ``tfidf`` promises: rare shared words bring rewrites together, whatever their wording."""

from __future__ import annotations

import numpy as np
import pytest

from detector import tfidf
from detector.model import Settings
from tests.languages import texts
from tests.stories import INDEPENDENT, REPORT, REWRITE, UNRELATED

TEXTS = (REPORT, UNRELATED, REWRITE, INDEPENDENT, "", UNRELATED.replace("Rowing", "Sailing"))


def table(texts: tuple[str, ...] = TEXTS) -> object:
    return tfidf.rows(texts)


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


def test_weights_are_scikit_learns() -> None:
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = ("pumps pump water", "Water, water everywhere", "nor any drop", "")  # without a function word, so of no language
    wanted = TfidfVectorizer(sublinear_tf=True, token_pattern=r"\w+").fit_transform(texts)
    found = tfidf.rows(texts)
    assert found.shape == wanted.shape
    assert np.allclose((found @ found.T).toarray(), (wanted @ wanted.T).toarray(), atol=1e-6)


def test_counts_weigh_what_scikit_learn_makes_of_them() -> None:
    from scipy.sparse import random as random_rows
    from sklearn.feature_extraction.text import TfidfTransformer

    counts = random_rows(tfidf.ROWS_AT_A_TIME + 300, 500, density=0.02, format="csr", dtype=np.float32, random_state=1)
    counts.data = np.ceil(counts.data * 9).astype(np.float32)
    counts.data[: counts.indptr[3]] = 0  # texts without a term
    counts.eliminate_zeros()
    wanted = TfidfTransformer(sublinear_tf=True).fit_transform(counts)
    tfidf._weigh(counts)
    assert np.array_equal(counts.indices, wanted.indices)
    assert np.allclose(counts.data, wanted.data, rtol=1e-6)


def test_inflected_words_are_one_term_in_their_language() -> None:
    english = "The bridge that was closed in March is {} by the county and the pier of it is {}."
    one, two = english.format("repaired", "closing"), english.format("repairs", "closed")
    assert tfidf.cosine(tfidf.rows([one, two, UNRELATED]), 0, 1) > 0.99


def test_a_vocabulary_larger_than_its_first_table_is_counted_in_full() -> None:
    texts = [" ".join(f"w{at}" for at in range(start, start + 3000)) for start in range(0, 120_000, 1500)]
    rows = tfidf.rows(texts)
    assert rows.shape == (80, 121_500)
    assert (np.diff(rows.indptr) == 3000).all()


def test_what_one_text_holds_of_another_is_a_share_of_its_weight() -> None:
    rows = tfidf.rows(("alpha beta gamma delta", "alpha beta", "epsilon", ""))
    (cosine, held_long, held_short), *others = tfidf.overlaps(rows, np.array([[0, 1], [0, 2], [0, 3]])).tolist()
    dense = rows.toarray().astype(np.float64)
    both = (dense[0] > 0) & (dense[1] > 0)
    assert cosine == pytest.approx(float(dense[0] @ dense[1]), abs=1e-6)
    assert held_long == pytest.approx(float((dense[0][both] ** 2).sum()), abs=1e-6)
    assert held_short == 1.0
    assert others == [[0, 0, 0], [0, 0, 0]]


@pytest.mark.parametrize("language", ["thai", "lao", "khmer", "burmese", "kana"])
def test_letters_of_scripts_without_spaces_are_no_terms_by_themselves(language: str) -> None:
    told = texts(language)
    rows = table((told["story"], told["edited"], told["other"]))
    assert tfidf.cosine(rows, 0, 1) > 0.6
    assert tfidf.cosine(rows, 0, 2) < 0.25


def test_a_term_of_such_letters_ends_where_the_run_of_letters_does() -> None:
    held = (tfidf.rows(["กขคงจ", "กขคง งจ", "กข漢字คง"]) > 0).astype(int)  # a term: a letter and at most three behind it
    assert (held @ held.T).toarray().tolist() == [
        [5, 3, 0],  # กขคง, งจ and จ
        [3, 6, 2],  # คง and ง
        [0, 2, 6],
    ]


def test_function_words_are_no_terms_but_news_words_are() -> None:
    rows = tfidf.rows(("The fire in the bill of the system is on fire, said the man from the fire.",))
    assert rows.shape[1] == len({"fire", "bill", "system", "man"})


def test_a_common_term_is_not_looked_up_where_rarer_ones_do(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"common rare{at // 2} word{at // 2}" for at in range(40)]
    rows = tfidf.rows(texts)
    monkeypatch.setattr(tfidf, "RAREST_TERMS", 1)
    monkeypatch.setattr(tfidf, "MOST_POSTINGS", 4)
    assert tfidf._looked_up(rows, rows).nnz == 80
    assert tfidf.candidates(rows, Settings()).tolist() == [[at, at + 1] for at in range(0, 40, 2)]
    monkeypatch.setattr(tfidf, "MOST_POSTINGS", 44)
    assert len(tfidf.candidates(rows, Settings(neighbours=39))) == 40 * 39 // 2


@pytest.mark.parametrize("texts", [(), ("",), ("", ""), ("word",)])
def test_nothing_to_compare_is_no_pair(texts: tuple[str, ...]) -> None:
    assert tfidf.candidates(table(texts), Settings()).shape == (0, 2)


def test_pairs_do_not_depend_on_the_number_of_threads() -> None:
    rows = table()
    one, four = (tfidf.candidates(rows, Settings(workers=each)) for each in (1, 4))
    assert np.array_equal(one, four)
