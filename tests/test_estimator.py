"""What ``MinHashVectorizer`` promises: a scikit-learn transformer whose rows are the program's signatures."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.feature_selection import VarianceThreshold
from sklearn.pipeline import make_pipeline
from sklearn.utils import estimator_checks
from sklearn.utils.estimator_checks import check_estimator

from detector import DetectorError, MinHashVectorizer, Settings
from detector.minhash import signatures
from tests.stories import INDEPENDENT, REPORT, REWRITE, UNRELATED

TEXTS = [REPORT, REWRITE, INDEPENDENT, UNRELATED, ""]


def test_rows_are_the_programs_signatures() -> None:
    rows = MinHashVectorizer(num_perm=64, seed=5, shingle_words=3).fit_transform(TEXTS)
    assert rows.dtype == np.uint32
    assert np.array_equal(rows, signatures(TEXTS, Settings(num_perm=64, seed=5, shingle_words=3)))


def test_it_works_in_a_pipeline_and_can_be_cloned() -> None:
    pipeline = make_pipeline(clone(MinHashVectorizer(num_perm=32)), VarianceThreshold())
    assert pipeline.fit_transform(TEXTS).shape == (5, 32)
    assert pipeline[0].get_feature_names_out().tolist()[:2] == ["minhash0", "minhash1"]


def test_texts_that_can_be_gone_through_once_only_have_their_rows() -> None:
    rows = signatures(TEXTS, Settings(num_perm=32))
    estimator = MinHashVectorizer(num_perm=32)
    for made in (estimator.fit_transform, estimator.transform, make_pipeline(estimator).fit_transform):
        assert np.array_equal(made(each for each in TEXTS), rows)
    assert make_pipeline(estimator, VarianceThreshold()).fit(each for each in TEXTS)[-1].n_features_in_ == 32


@pytest.mark.filterwarnings("ignore:Can't test estimator")
def test_no_check_of_scikit_learn_fails() -> None:
    told = check_estimator(MinHashVectorizer(), on_fail=None)
    assert [each for each in told if each["status"] == "failed"] == []


@pytest.mark.parametrize(
    "check",
    [
        estimator_checks.check_estimator_cloneable,
        estimator_checks.check_estimator_repr,
        estimator_checks.check_estimator_tags_renamed,
        estimator_checks.check_get_params_invariance,
        estimator_checks.check_no_attributes_set_in_init,
        estimator_checks.check_parameters_default_constructible,
        estimator_checks.check_set_params,
    ],
)
def test_the_checks_that_need_no_numbers_pass_one_by_one(check: Callable[[str, object], None]) -> None:
    """``check_estimator`` leaves these out too for an estimator of texts."""
    check("MinHashVectorizer", MinHashVectorizer())


@pytest.mark.parametrize(("given", "words"), [("one text", "not one string"), ([1, 2], "not int"), ([b"x"], "not bytes")])
def test_what_is_no_list_of_texts_is_refused_in_words(given: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        MinHashVectorizer().fit_transform(given)


def test_parameters_that_cannot_be_are_refused_when_fitted() -> None:
    with pytest.raises(DetectorError, match="num_perm must lie between"):
        MinHashVectorizer(num_perm=1).fit(TEXTS)
