"""From any bytes to articles, documents and spans: what must hold whatever the bytes are.

The fuzzer (``fuzz.py``) and the tests share it, so that whatever the fuzzer finds becomes a case that the tests keep.
"""

from __future__ import annotations

import os
import tempfile
from itertools import pairwise

from detector.align import align
from detector.document import Document
from detector.model import Article
from detector.read import read_articles
from detector.text import analyse

SUFFIXES = (
    ["txt", "md", "html", "mhtml", "json", "jsonl", "csv", "tsv", "parquet", "eml", "rss", "atom", "docx", "txt.gz", "jsonl.bz2", "html.zst", "zip", "tar.gz", "tar"]
)  # a PDF is read by a library in C++ that has fuzzers of its own


def run(data: bytes, folder: str | None = None) -> int:
    """Read ``data[1:]`` as a file of the format that the first byte picks, analyse it and align it; how many articles."""
    suffix = SUFFIXES[data[0] % len(SUFFIXES)] if data else SUFFIXES[0]
    with tempfile.TemporaryDirectory(dir=folder) as place:
        with open(os.path.join(place, f"a.{suffix}"), "wb") as file:
            file.write(data[1:])
        articles = read_articles([place], max_bytes=2**20)
        assert len(articles) or articles.skipped, "neither read nor skipped"
        assert os.listdir(place) == [f"a.{suffix}"], "something was written"
    for row in articles.skipped:
        f"{row.path}{row.reason}".encode()
        assert "\n" not in row.reason
    documents = [checked(article) for article in articles[:3]]
    for one, other in pairwise([*documents, *documents[:1]]):
        text, with_ = one.article.text, other.article.text
        for span in align(one, other).spans:
            assert 0 <= span.a_start < span.a_end <= len(text)
            assert 0 <= span.b_start < span.b_end <= len(with_)
    return len(articles)


def checked(article: Article) -> Document:
    """The document of an article, its offsets looked at."""
    article.text.encode()
    document = analyse(article)
    size = len(article.text)
    last = 0
    for start, end in zip(document.start.tolist(), document.end.tolist(), strict=True):
        assert last <= start < end <= size, (last, start, end, size)
        last = end
    for mark in (*document.boilerplate, *document.quotations, *document.attributions):
        assert 0 <= mark.start < mark.end <= size, mark
    for first, stop in document.sentences.tolist():
        assert 0 <= first < stop <= len(document.start)
    return document
