"""Russian and Ukrainian words -> base forms: these decline names, and change more of a word than its end (кубок, кубка).

Known words are looked up in the dictionaries of pymorphy3 (OpenCorpora for Russian, VESUM by way of LanguageTool for
Ukrainian). What is left is cut: by Snowball in Russian, by the endings below in Ukrainian, for which Snowball has nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

DICTIONARIES = ("ru", "uk")
_UKRAINIAN_ENDING = re.compile(
    r"(?<=\w{3})(?:ого|ому|ему|ові|еві|єві|ами|ями|ах|ях|ой|ою|ею|єю|ом|ем|єм|им|ім|ів|[аоуиіеюяьєїй])$"
)


class Lemmatizer:
    """Base forms for ``language``, one of ``DICTIONARIES``, where others have a stemmer: 50 to 80 µs a word.

    >>> Lemmatizer("uk").stemWords(["харкова", "харкові", "мільйонів"])
    ['харк', 'харк', 'мільйон']
    """

    def __init__(self, language: str) -> None:
        from pymorphy3 import MorphAnalyzer
        from Stemmer import Stemmer

        self._dictionary: Any = MorphAnalyzer(lang=language)
        self._stemmer = Stemmer("russian") if language == "ru" else None

    def stemWords(self, words: Sequence[str]) -> list[str]:  # noqa: N802, as PyStemmer has it
        """The base form of each word, in lower case, without its ending."""
        found = [self._base(each) for each in words]
        if self._stemmer:
            return list(self._stemmer.stemWords(found))
        return [_UKRAINIAN_ENDING.sub("", each) for each in found]

    def _base(self, word: str) -> str:
        known = self._dictionary.word_is_known(word)
        return str(self._dictionary.parse(word)[0].normal_form) if known else word
