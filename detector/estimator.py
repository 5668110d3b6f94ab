"""MinHash signatures as a scikit-learn transformer, for use in pipelines.

This module is separate from ``minhash`` because defining a scikit-learn class requires importing scikit-learn, which takes
a second.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin

from .minhash import signatures
from .model import Settings


class MinHashVectorizer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Transform texts to ``(n, num_perm)`` uint32 MinHash signatures; the share of equal places estimates the Jaccard.

    Nothing is learnt: ``fit`` only checks. Raises ``ValueError`` for input that does not consist of strings, and
    :class:`detector.DetectorError` for invalid parameters.

    >>> from detector import MinHashVectorizer
    >>> MinHashVectorizer(num_perm=64).fit_transform(["one text", "another text"]).shape
    (2, 64)
    """

    def __init__(self, *, shingle_words: int = 5, num_perm: int = 128, seed: int = 1, workers: int = 0) -> None:
        self.shingle_words = shingle_words
        self.num_perm = num_perm
        self.seed = seed
        self.workers = workers

    def fit(self, X: Iterable[str], y: Any = None) -> Self:  # noqa: N803 (scikit-learn's names)
        """Check the parameters and the texts; there is nothing to learn."""
        self._settings()
        _texts(X)
        return self

    def transform(self, X: Iterable[str]) -> NDArray[np.uint32]:  # noqa: N803
        """Return the (n, num_perm) uint32 signatures of ``n`` texts."""
        return signatures(_texts(X), self._settings())

    def fit_transform(self, X: Iterable[str], y: Any = None, **fit_params: Any) -> NDArray[np.uint32]:  # noqa: N803
        """Do :meth:`fit` and :meth:`transform` on the same texts, which may be an iterator."""
        rows: NDArray[np.uint32] = super().fit_transform(_texts(X), y, **fit_params)
        return rows

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """Return the names ``minhash0``, ``minhash1`` ... for ``set_output`` and inspection."""
        return np.array([f"minhash{at}" for at in range(self.num_perm)], dtype=object)

    def _settings(self) -> Settings:
        return Settings(
            shingle_words=self.shingle_words, num_perm=self.num_perm, seed=self.seed, workers=self.workers
        )

    def __sklearn_is_fitted__(self) -> bool:
        return True

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.requires_fit = False
        tags.no_validation = True
        return tags


def _texts(given: Iterable[str]) -> list[str]:
    if isinstance(given, str):
        raise ValueError("several texts are wanted, not one string: put it into a list")
    texts = list(given)
    for each in texts:
        if not isinstance(each, str):
            raise ValueError(f"texts must be strings, not {type(each).__name__}")
    return texts
