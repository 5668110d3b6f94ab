"""What ``minhash`` promises: datasketch's signatures, exact scores, candidates that are near-duplicates."""

from __future__ import annotations

import weakref

import numpy as np
import pytest
from datasketch import MinHashLSH, MinHashLSHEnsemble, MinHashLSHForest
from hypothesis import given, settings
from hypothesis import strategies as st

from detector import minhash
from detector.document import Document, once_a_document
from detector.languages import words
from detector.model import Article, Settings
from detector.text import analyse
from tests import reference
from tests.stories import INDEPENDENT, REPORT, REWRITE, UNRELATED

SETTINGS = Settings()
STORIES = [REPORT, REWRITE, INDEPENDENT, UNRELATED]


def shingled(text: str, size: int = 5) -> np.ndarray:
    return minhash.shingles(analyse(Article(id="a", text=text)), size)


def test_shingles_are_the_runs_of_words_of_the_body() -> None:
    assert len(shingled("one two three four five six seven")) == 3
    assert len(shingled("one two three one two three", 3)) == 3
    assert np.array_equal(shingled("One, two; THREE four five"), shingled("one two three four five"))


def test_a_text_shorter_than_a_shingle_is_one_shingle_and_an_empty_one_none() -> None:
    assert len(shingled("two words")) == 1
    assert not np.array_equal(shingled("two words"), shingled("other words"))
    assert len(shingled("")) == 0


def test_shingle_hashes_never_change() -> None:
    """Stored signatures of an archive must stay comparable, or say that they are not: these are version 2."""
    assert minhash.SHINGLE_VERSION == 2
    assert shingled("the quick brown fox jumps over the lazy dog").tolist() == [
        8042850, 1974713961, 2210535757, 2783123350, 3632945868,
    ]  # fmt: skip


TEXT = st.text(st.one_of(st.sampled_from("abC dé, .'’\u00ad漢字1ßﬁ"), st.characters()), max_size=80)


@settings(deadline=None, max_examples=60)
@given(st.lists(TEXT, max_size=5), st.sampled_from([16, 64, 128]), st.integers(0, 2**32 - 1), st.integers(1, 6))
def test_signatures_are_datasketchs_bit_for_bit(texts: list[str], num_perm: int, seed: int, size: int) -> None:
    chosen = Settings(num_perm=num_perm, seed=seed, shingle_words=size)
    found = minhash.signatures(texts, chosen)
    assert found.dtype == np.uint32
    for row, text in zip(found, texts, strict=True):
        assert row.tolist() == reference.signature(text, size, num_perm, seed)


def test_signatures_of_stories_are_datasketchs_bit_for_bit() -> None:
    for row, text in zip(minhash.signatures(STORIES, SETTINGS), STORIES, strict=True):
        assert row.tolist() == reference.signature(text, 5, 128, 1)


@pytest.mark.parametrize("num_perm", [64, 100, 128, 256])  # of 16 datasketch refuses what the optimum would be
def test_bands_and_rows_are_datasketchs_optimum(num_perm: int) -> None:
    for threshold in (0.1, 0.3, 0.5, 0.62, 0.7, 0.8, 0.9, 0.95):
        index = MinHashLSH(threshold=threshold, num_perm=num_perm)
        assert minhash.bands_and_rows(threshold, num_perm) == (index.b, index.r)


def test_a_row_is_a_datasketch_minhash() -> None:
    one, two = (minhash.to_datasketch(row, SETTINGS) for row in minhash.signatures([REPORT, REPORT.upper()], SETTINGS))
    assert one.jaccard(two) == 1.0


def test_batches_and_threads_change_no_signature(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = STORIES * 7
    once = minhash.signatures(texts, Settings(workers=1))
    monkeypatch.setattr(words, "BATCH_TEXTS", 3)
    assert np.array_equal(once, minhash.signatures(iter(texts), Settings(workers=4)))


def test_datasketchs_indexes_take_the_signatures() -> None:
    texts = [REPORT, REWRITE, UNRELATED, REPORT.replace("Monday", "Sunday")]
    sketches = [minhash.to_datasketch(row, SETTINGS) for row in minhash.signatures(texts, SETTINGS)]
    sizes = [len(shingled(text)) for text in texts]
    forest, lsh = MinHashLSHForest(num_perm=SETTINGS.num_perm), MinHashLSH(threshold=0.7, num_perm=SETTINGS.num_perm)
    ensemble = MinHashLSHEnsemble(threshold=0.6, num_perm=SETTINGS.num_perm)
    ensemble.index([(at, sketch, sizes[at]) for at, sketch in enumerate(sketches)])
    for at, sketch in enumerate(sketches):
        forest.add(at, sketch)
        lsh.insert(at, sketch)
    forest.index()
    assert set(forest.query(sketches[0], 2)) == {0, 3}
    assert set(ensemble.query(sketches[0], sizes[0])) == {0, 3}
    assert set(lsh.query(sketches[0])) == {0, 3}


def test_candidates_are_the_near_duplicates_and_empty_texts_collide_with_nothing() -> None:
    edited = REPORT.replace("Helen Strand", "Helen Strang")
    rows = minhash.signatures([REPORT, INDEPENDENT, "", edited, "...", UNRELATED], SETTINGS)
    assert minhash.candidates(rows, SETTINGS).tolist() == [[0, 3]]
    assert minhash.candidates(rows[:0], SETTINGS).shape == (0, 2)


@pytest.mark.parametrize("threshold", [0.3, 0.5, 0.7, 0.9])
def test_candidates_are_those_of_datasketchs_index(threshold: float) -> None:
    generator = np.random.default_rng(3)
    vocabulary = [f"w{at}" for at in range(300)]
    texts = []
    for _ in range(60):
        text = generator.choice(vocabulary, 60)
        texts.append(" ".join(text))
        text[generator.integers(0, 60, generator.integers(0, 9))] = "edited"
        texts.append(" ".join(text))
    chosen = Settings(threshold=threshold)
    rows = minhash.signatures(texts, chosen)
    index = MinHashLSH(threshold=threshold, num_perm=128)
    wanted = set()
    for at, row in enumerate(rows):
        sketch = minhash.to_datasketch(row, chosen)
        wanted |= {(int(other), at) for other in index.query(sketch)}
        index.insert(at, sketch)
    assert {tuple(pair) for pair in minhash.candidates(rows, chosen).tolist()} == wanted


def test_a_bucket_of_thousands_costs_a_pair_or_two_a_text_and_stays_in_one_piece() -> None:
    rows = minhash.signatures([REPORT] * 5000, SETTINGS)
    pairs = minhash.candidates(rows, SETTINGS)
    assert len(pairs) <= 5000 * (minhash.BUCKET_NEXT + 1)
    assert set(pairs[pairs[:, 0] == 0][:, 1]) == set(range(1, 5000))


def test_scores_are_exact() -> None:
    a, b = np.arange(10, dtype=np.uint32), np.arange(5, 25, dtype=np.uint32)
    found = minhash.scores(a, b, 0.5)
    assert (found.jaccard, found.containment_a, found.containment_b) == (5 / 25, 5 / 10, 5 / 20)
    nothing = minhash.scores(a, np.empty(0, np.uint32), 0.0)
    assert (nothing.jaccard, nothing.containment_a, nothing.containment_b) == (0, 0, 0)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
def test_signatures_estimate_the_jaccard(share: float) -> None:
    chosen = Settings(num_perm=512, shingle_words=1)
    both = round(2000 * share / (1 + share))
    pool = [f"word{at}" for at in range(3000)]
    texts = [" ".join(pool[:1000]), " ".join(pool[1000 - both : 2000 - both])]
    exact = minhash.scores(shingled(texts[0], 1), shingled(texts[1], 1), 0).jaccard
    one, two = minhash.signatures(texts, chosen)
    assert abs((one == two).mean() - exact) < 4 * np.sqrt(exact * (1 - exact) / 512)


def test_those_who_verify_miss_hardly_a_pair_and_are_spared_what_is_far_below() -> None:
    random = np.random.default_rng(3)
    words = [f"w{at}" for at in range(5000)]
    texts, jaccards = [], []
    for _ in range(300):  # each with a copy whose end is another: from .5 to .9 of all shingles in common
        story = random.choice(words, 400).tolist()
        kept = int(400 * random.uniform(0.7, 0.95))
        other = story[:kept] + random.choice(words, 400 - kept).tolist()
        texts += [" ".join(story), " ".join(other)]
        one, two = ({tuple(each[i : i + 5]) for i in range(396)} for each in (story, other))
        jaccards.append(len(one & two) / len(one | two))
    rows = minhash.signatures(texts, Settings())
    found = {(i, j) for i, j in minhash.to_verify(rows, Settings()).tolist()}
    near = [at for at, jaccard in enumerate(jaccards) if jaccard >= 0.7]
    far = [at for at, jaccard in enumerate(jaccards) if jaccard < 0.5]
    assert len(near) > 100
    assert sum((2 * at, 2 * at + 1) in found for at in near) >= 0.99 * len(near)
    assert not any((2 * at, 2 * at + 1) in found for at in far)
    usual = {(i, j) for i, j in minhash.candidates(rows, Settings()).tolist()}
    assert sum((2 * at, 2 * at + 1) in usual for at in near) < 0.95 * len(near)
    agreeing = {(i, j) for i, j in minhash.to_verify(rows, Settings(), below=0.0).tolist()}
    true = {(2 * at, 2 * at + 1) for at in near}
    assert len(agreeing & true) > len(usual & true)
    assert len(agreeing - true) <= len(usual - true)


def test_few_permutations_leave_nothing_out_that_they_cannot_tell() -> None:
    few = Settings(num_perm=16, threshold=0.5)
    chance = np.random.default_rng(5)
    story = chance.choice([f"w{at}" for at in range(5000)], 400).tolist()
    copies = [" ".join(story[at:] + [f"other{at}w{k}" for k in range(at)]) for at in range(0, 280, 4)]
    rows = minhash.signatures(copies, few)
    proposed = minhash.candidates(rows, few, missed_weight=minhash.MISSED_WEIGHT)
    agree = (rows[proposed[:, 0]] == rows[proposed[:, 1]]).mean(axis=1)
    assert (agree < 0.5 - 0.16).any()  # what a bar for 128 permutations would drop
    assert np.array_equal(minhash.to_verify(rows, few), proposed)


def test_what_is_worked_out_for_a_document_is_so_once_for_each_choice_and_goes_with_it() -> None:
    asked: list[tuple[int, bool]] = []

    @once_a_document
    def worked_out(document: Document, size: int, *, doubled: bool = False) -> int:
        asked.append((size, doubled))
        return size * (1 + doubled)

    one = analyse(Article(id="a", text=REPORT))
    assert [worked_out(one, 3), worked_out(one, 3), worked_out(one, 4), worked_out(one, 3, doubled=True)] == [3, 3, 4, 6]
    assert asked == [(3, False), (4, False), (3, True)]
    gone = weakref.ref(one)
    del one
    assert gone() is None
