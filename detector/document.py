"""What the stages work out of an article and of a pair: a document's words, its alignment with another, exact scores."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from .model import Article, Mark, SharedQuotation, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SIGN = re.compile(r"[$£€¥−-](?:(?<=[$£€¥])|(?<!\S.)(?=\d))", re.DOTALL)  # beginning with one set, it is searched for fast
_Of = TypeVar("_Of")
_With = ParamSpec("_With")


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Document:
    """An analysed article. Arrays run over its ``n`` words or ``m`` sentences, in text order.

    ``start``, ``end``: (n,) int32, character offsets. ``keys``: (n,) uint64, a hash of each folded word. ``stems``: (n,)
    uint64, a hash of each word's stem (of the word itself if the language has no stemmer). ``terms``: (t,) uint64, the
    distinct stems, ascending. ``term_of``: (n,) int32, the index into ``terms`` for each word. ``senses``, ``sense_of``: the
    same, except that all words of a number, and of a name with several known forms, map to one sense whatever the form.
    ``names``, ``numbers``: (n,) bool. ``body``: (n,) bool, true outside boilerplate. ``quoted``: (n,) int32, the index of
    the quotation that holds the word, or -1. ``sentences``: (m, 2) int32, half-open ranges of words; none crosses a block of
    boilerplate. ``language``: an ISO 639-1 code, or "" if undetermined; :mod:`stems` knows those that have a stemmer.
    """

    article: Article
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    keys: NDArray[np.uint64]
    stems: NDArray[np.uint64]
    terms: NDArray[np.uint64]
    term_of: NDArray[np.int32]
    senses: NDArray[np.uint64]
    sense_of: NDArray[np.int32]
    names: NDArray[np.bool_]
    numbers: NDArray[np.bool_]
    body: NDArray[np.bool_]
    quoted: NDArray[np.int32]
    sentences: NDArray[np.int32]
    boilerplate: tuple[Mark, ...]
    quotations: tuple[Mark, ...]
    attributions: tuple[Mark, ...]
    language: str

    def slice(self, first: int, last: int) -> str:
        """The original text of words ``first`` to ``last``, exclusive."""
        return self.article.text[self.start[first] : self.end[last - 1]] if last > first else ""


def once_a_document(function: Callable[Concatenate[Document, _With], _Of]) -> Callable[Concatenate[Document, _With], _Of]:
    """Cache a function of a document per list of arguments, for as long as the document lives."""
    kept: WeakKeyDictionary[Document, dict[tuple[Any, ...], _Of]] = WeakKeyDictionary()

    @wraps(function)
    def once(document: Document, /, *arguments: _With.args, **named: _With.kwargs) -> _Of:
        results = kept.get(document)
        if results is None:
            results = kept.setdefault(document, {})
        key = (*arguments, *named.items())
        if key not in results:
            results[key] = function(document, *arguments, **named)
        return results[key]

    return once


def signs(text: str, outside: Iterable[Mark] = ()) -> str:
    """The currencies and minus signs of a text, which are no words, in order, without those in the marks."""
    apart = [(mark.start, mark.end) for mark in outside]
    found = (each for each in _SIGN.finditer(text) if not any(begin <= each.start() < end for begin, end in apart))
    return "".join(each[0] for each in found)


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """What two documents share, and how well each sentence of one is matched in the other.

    ``spans``: in the order of ``a``. ``words``: (r, 4) int64, the spans as half-open ranges of words. ``quotations``: the
    spans of kind quotation and the quotations inside verbatim ones, with the speaker. ``units_*``: (u, 2), the word range of
    each unit (a sentence; a long quotation is a unit of its own). For each unit, ``best_*``: (u,) the cosine of its best
    counterpart in the other text; ``place_*``: (u,) the index of that counterpart, or -1; ``inside_*``: (u,) the share of
    its weight found in two neighbouring units of the other text; ``speech_*``: (u,) bool, mostly quoted words;
    ``weight_*``: (u,) the sum of its terms' weights. ``covered_*``: (n,) bool, the words inside spans. ``longest``: the
    words of the longest span, on its shorter side. ``order``: Kendall's tau of the spans' places in the two texts, None for
    fewer than two. ``thread_*``: the share of a text that can be followed through the other in the order of both.
    """

    spans: tuple[Span, ...]
    words: NDArray[np.int64]
    quotations: tuple[SharedQuotation, ...]
    longest: int
    order: float | None
    units_a: NDArray[np.int64]
    units_b: NDArray[np.int64]
    best_a: NDArray[np.float64]
    best_b: NDArray[np.float64]
    place_a: NDArray[np.int64]
    place_b: NDArray[np.int64]
    inside_a: NDArray[np.float64]
    inside_b: NDArray[np.float64]
    speech_a: NDArray[np.bool_]
    speech_b: NDArray[np.bool_]
    weight_a: NDArray[np.float64]
    weight_b: NDArray[np.float64]
    thread_a: float
    thread_b: float
    covered_a: NDArray[np.bool_]
    covered_b: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Scores:
    """Exact similarities of two documents' shingle sets, and the cosine of their TF-IDF rows."""

    jaccard: float
    containment_a: float
    containment_b: float
    cosine: float
