"""Article extraction from pages, measured as in article-extraction-benchmark, beside readability-lxml.

For each page, the runs of four words of the extracted text, with their counts, are compared with those of the text that a
person marked; precision and recall are averaged over pages, and F1 is their harmonic mean.
"""

from __future__ import annotations

import gzip
import io
import json
import re
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from benchmarks import data
from benchmarks.judgement import Figures, table
from detector.reading.formats import READERS
from detector.reading.opening import Member, UnreadableError
from detector.reading.records import Reading

WORDS = re.compile(r"\w+")
GRAM = 4


def taken_out(page: bytes) -> str:
    """What this program extracts from a page; "" if it says that there is no article."""
    try:
        return "\n".join(record.text for record in READERS[".html"](Member(".html", stream=io.BytesIO(page)), Reading()))
    except UnreadableError:
        return ""


def by_readability(page: bytes) -> str:
    """What plain readability-lxml extracts from a page; it is told that pages are UTF-8."""
    from lxml import html
    from readability import Document

    return str(html.fromstring(Document(page.decode("utf-8", "replace")).summary()).text_content())


OURS = "this program"
METHODS: dict[str, Callable[[bytes], str]] = {OURS: taken_out, "readability-lxml": by_readability}


def grams(text: str) -> Counter[tuple[str, ...]]:
    """The runs of ``GRAM`` words with their counts; a shorter text is one run."""
    words = WORDS.findall(text)
    return Counter(tuple(words[at : at + GRAM]) for at in range(max(len(words) - GRAM, 0) + 1)) if words else Counter()


def precision_recall(marked: str, found: str) -> tuple[float, float]:
    """Precision and recall of one page; if both sides are empty, the page is right."""
    a, b = grams(marked), grams(found)
    shared = (a & b).total()
    if not a and not b:
        return 1.0, 1.0
    return shared / max(b.total(), 1), shared / max(a.total(), 1)


@dataclass(frozen=True, slots=True)
class _Page:
    path: Path
    marked: str


def _measured(job: tuple[str, _Page]) -> tuple[float, float, float]:
    method, page = job
    served = gzip.decompress(page.path.read_bytes())
    began = time.perf_counter()
    found = METHODS[method](served)
    return *precision_recall(page.marked, found), time.perf_counter() - began


def measure_extraction(folder: Path, *, rivals: bool = False) -> Figures:
    """Print F1 in a table and return this program's; ``rivals``: also that of other tools, from the bench extra."""
    gold = folder / "html" / "gold.jsonl.gz"
    if not gold.is_file():
        raise SystemExit(f"{gold} is missing; the set's home is {data.HOMES['html']}")
    with gzip.open(gold, "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    pages = [_Page(gold.parent / f"{row['id']}.html.gz", row["text"]) for row in rows]
    figures: Figures = {}
    lines = []
    with ProcessPoolExecutor() as pool:
        for method in METHODS if rivals else (OURS,):
            told = list(pool.map(_measured, [(method, page) for page in pages]))
            precision, recall, seconds = (mean(each) for each in zip(*told, strict=True))
            f1 = 2 * precision * recall / (precision + recall)
            if method == OURS:
                figures["extraction F1"] = f1
            lines.append([method, f"{f1:.3f}", f"{precision:.3f}", f"{recall:.3f}", f"{1000 * seconds:.0f}"])
    table(f"Articles taken out of {len(pages)} pages", ["", "F1", "precision", "recall", "ms a page"], lines)
    return figures
