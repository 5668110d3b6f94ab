"""The labelled sets for measuring quality, read from a folder in the layout described in ``README.md``.

None of them is part of the project; each is public under the name in ``HOMES``.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "data"

HOMES = {
    "pan13": "github.com/ArijanaBrlek/PlagiarismDetection (PAN 2013 text alignment, training corpus)",
    "ai-rewrites": "github.com/llm-misinformation/llm-misinformation",
    "ai-polished": "github.com/ShoumikSaha/ai-polished-text",
    "same-event": "github.com/launchnlp/BASIL",
    "onestop": "github.com/nishkalavallabhi/OneStopEnglishCorpus",
    "clough-stevenson": "github.com/gauravansal/Plagiarism-Detection",
    "counter": "github.com/mirfan899/Urdu",
    "html": "github.com/scrapinghub/article-extraction-benchmark",
    "background": "github.com/suraj-deshmukh/BBC-Dataset-News-Classification and github.com/jakecyr/TextClassification",
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts of a set and their human label; ``spans`` are ranges of (derived, source) characters."""

    set: str
    label: str
    group: str
    generator: str
    derived: str
    source: str
    spans: tuple[tuple[int, int, int, int], ...]


def _lines(path: Path) -> Iterator[dict[str, object]]:
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def load(folder: Path, name: str) -> tuple[dict[str, str], list[Pair]]:
    """Texts by id, and the labelled pairs, of one set. Raises ``SystemExit`` with the set's home if it is missing."""
    if not (folder / name / "pairs.jsonl.gz").is_file():
        raise SystemExit(f"{folder / name} is missing; the set's home is {HOMES.get(name, 'not known')}")
    texts = {str(row["id"]): str(row["text"]) for row in _lines(folder / name / "documents.jsonl.gz")}
    pairs = [
        Pair(
            name,
            str(row["label"]),
            f"{name}/{row['group']}",
            str(row.get("generator", "")),
            str(row["derived"]),
            str(row["source"]),
            tuple(tuple(span) for span in row.get("spans", ())),  # type: ignore[attr-defined,misc]
        )
        for row in _lines(folder / name / "pairs.jsonl.gz")
    ]
    return texts, pairs


def outlets(folder: Path, name: str) -> dict[str, str | None]:
    """The outlet of each text of a set, by id."""
    rows = _lines(folder / name / "documents.jsonl.gz")
    return {str(row["id"]): str(row["source"]) if row.get("source") else None for row in rows}


def background(folder: Path, name: str) -> list[str]:
    """The texts of one background collection."""
    return [str(row["text"]) for row in _lines(folder / "background" / f"{name}.jsonl.gz")]


def digest(folder: Path, name: str) -> str:
    """Shortened SHA-256 over the files of one set; figures are comparable only if it is the same."""
    total = hashlib.sha256()
    for path in sorted((folder / name).glob("*.gz")):
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:16]
