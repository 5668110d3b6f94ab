"""What ``minhash`` promises: datasketch's signatures, exact scores, candidates that are near-duplicates."""

from __future__ import annotations

import numpy as np
import pytest
from datasketch import MinHash, MinHashLSHEnsemble, MinHashLSHForest

from detector import minhash
from detector.model import Article, Settings
from detector.text import analyse
from tests.stories import INDEPENDENT, REPORT, REWRITE, UNRELATED

SETTINGS = Settings()


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
    """Version 1: stored signatures of an archive must stay comparable."""
    assert shingled("the quick brown fox jumps over the lazy dog").tolist() == [
        794873908, 2260947498, 3046441802, 3758000533, 4027133048,
    ]  # fmt: skip


def test_signatures_are_datasketchs() -> None:
    settings = Settings(num_perm=64, seed=7)
    hashes = shingled(REPORT)
    sketch = MinHash(num_perm=64, seed=7, scheme="affine32", hashfunc=int)
    for each in hashes:
        sketch.update(each)
    assert np.array_equal(minhash.signatures([hashes], settings)[0], sketch.hashvalues)
    assert minhash.to_datasketch(sketch.hashvalues, settings).jaccard(sketch) == 1.0


def test_datasketchs_indexes_take_the_signatures() -> None:
    texts = [REPORT, REWRITE, UNRELATED, REPORT.replace("Monday", "Sunday")]
    sets = [shingled(text) for text in texts]
    sketches = [minhash.to_datasketch(row, SETTINGS) for row in minhash.signatures(sets, SETTINGS)]
    forest = MinHashLSHForest(num_perm=SETTINGS.num_perm)
    ensemble = MinHashLSHEnsemble(threshold=0.6, num_perm=SETTINGS.num_perm)
    ensemble.index([(at, sketch, len(sets[at])) for at, sketch in enumerate(sketches)])
    for at, sketch in enumerate(sketches):
        forest.add(at, sketch)
    forest.index()
    assert set(forest.query(sketches[0], 2)) == {0, 3}
    assert set(ensemble.query(sketches[0], len(sets[0]))) == {0, 3}


def test_candidates_are_the_near_duplicates_and_empty_texts_collide_with_nothing() -> None:
    edited = REPORT.replace("Helen Strand", "Helen Strang")
    sets = [shingled(text) for text in (REPORT, INDEPENDENT, "", edited, "", UNRELATED)]
    assert minhash.candidates(sets, SETTINGS).tolist() == [[0, 3]]
    assert minhash.candidates([], SETTINGS).shape == (0, 2)


def test_scores_are_exact() -> None:
    a, b = np.arange(10, dtype=np.uint32), np.arange(5, 25, dtype=np.uint32)
    found = minhash.scores(a, b, 0.5)
    assert (found.jaccard, found.containment_a, found.containment_b) == (5 / 25, 5 / 10, 5 / 20)
    nothing = minhash.scores(a, np.empty(0, np.uint32), 0.0)
    assert (nothing.jaccard, nothing.containment_a, nothing.containment_b) == (0, 0, 0)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
def test_signatures_estimate_the_jaccard(share: float) -> None:
    settings = Settings(num_perm=512)
    both = round(2000 * share / (1 + share))
    generator = np.random.default_rng(1)
    pool = np.unique(generator.integers(0, 2**32, 3000, dtype=np.uint32))
    a, b = pool[:1000], pool[1000 - both : 2000 - both]
    exact = minhash.scores(np.sort(a), np.sort(b), 0).jaccard
    one, two = minhash.signatures([a, b], settings)
    assert abs((one == two).mean() - exact) < 4 * np.sqrt(exact * (1 - exact) / 512)
