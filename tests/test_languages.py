"""A scan of many languages and scripts finds what was copied and nothing else, and every offset is right."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from detector.engine import scan
from detector.model import Article, Report
from detector.read import read_articles
from detector.text import analyse
from tests.languages import STORIES, texts

ENCODINGS = {"russian": "cp1251", "greek": "utf-16", "ukrainian": "utf-8-sig", "japanese": "shift_jis", "french": "cp1252"}
"""Those that are not plain UTF-8, as newsrooms have them."""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("news")
    for language in STORIES:
        for name, text in texts(language).items():
            (folder / f"{language}-{name}.txt").write_bytes(text.encode(ENCODINGS.get(language, "utf-8")))
    articles = read_articles([folder])
    assert len(articles) == 3 * len(STORIES)
    for article in articles:
        language, _, name = Path(article.id).stem.partition("-")
        assert article.text == texts(language)[name]
    return scan(articles)


def test_there_are_seventeen_languages_and_twelve_scripts() -> None:
    scripts = {unicodedata.name(texts(language)["story"][0]).split()[0] for language in STORIES}
    assert len(STORIES) >= 17
    assert len(scripts) >= 12, scripts


def test_the_edited_copies_are_found_and_no_others(report: Report) -> None:
    found = {frozenset((each.a, each.b)) for each in report.matches if each.probability >= 0.5}
    assert found == {frozenset((f"{language}-story.txt", f"{language}-edited.txt")) for language in STORIES}
    assert not [each for each in report.matches if "other" in each.a + each.b and each.probability >= 0.2]


@pytest.mark.parametrize("language", STORIES)
def test_passages_slice_back_to_what_both_texts_say(report: Report, language: str) -> None:
    (match,) = (each for each in report.matches if {each.a, each.b} == {f"{language}-{name}.txt" for name in ("story", "edited")})
    own = texts(language)
    a, b = (own[Path(each).stem.partition("-")[2]] for each in (match.a, match.b))
    assert match.spans
    for span in match.spans:
        one, other = a[span.a_start : span.a_end], b[span.b_start : span.b_end]
        assert one.strip() == one != ""
        if span.kind == "verbatim":
            assert "".join(filter(str.isalnum, one)) == "".join(filter(str.isalnum, other))
    taken = sum(span.b_end - span.b_start for span in match.spans) / len(b)
    assert taken > 0.6


@pytest.mark.parametrize("language", STORIES)
def test_words_and_sentences_lie_where_the_text_has_them(language: str) -> None:
    document = analyse(Article(id="a", text=texts(language)["story"]))
    held = [document.article.text[start:end] for start, end in zip(document.start, document.end, strict=True)]
    assert all(any(map(str.isalnum, word)) and not any(map(str.isspace, word)) for word in held)
    letters = [each for each in document.article.text if each.isalnum()]
    assert sum(map(str.isalnum, "".join(held))) == len(letters)
