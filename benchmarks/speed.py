"""Speed of single stages, each beside something that does the same: signing, alignment.

    python -m benchmarks.speed --data ../shared/data

Signing is measured on one thread, from a buffer in memory, against its arithmetic floor: the same minima over precomputed
hashes, once as the kernel takes them (eight at a time) and once in a plain loop. Alignment is measured on article pairs of
news length, beside difflib and RapidFuzz on the same words. Times are processor times, so other work on the machine matters
little.
"""

from __future__ import annotations

import copy
import difflib
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import numba
import numpy as np
from rapidfuzz.distance import Indel
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # so that it also runs as a script

from benchmarks import data
from detector import align, comparing, minhash, text, tfidf
from detector.document import Alignment, Document
from detector.languages import words
from detector.loops import word_kernels
from detector.model import Article, Settings

NEWS_WORDS = (350, 650)
PAIRS = 200
console = Console(width=110, highlight=False)


@numba.njit(nogil=True)  # type: ignore[untyped-decorator,unused-ignore]
def _plain_loop(hashes: Any, offsets: Any, a: Any, b: Any, rows: Any) -> None:
    for at in range(len(offsets) - 1):
        row = rows[at]
        row[:] = np.uint32(0xFFFFFFFF)
        for k in range(offsets[at], offsets[at + 1]):
            for p in range(len(row)):
                row[p] = min(row[p], np.uint32(a[p] * hashes[k] + b[p]))


_minima = word_kernels.minima.dispatcher


@numba.njit(nogil=True)  # type: ignore[untyped-decorator,unused-ignore]
def _blocked_loop(hashes: Any, offsets: Any, a: Any, b: Any, rows: Any) -> None:
    for at in range(len(offsets) - 1):
        _minima(hashes[offsets[at] : offsets[at + 1]], offsets[at + 1] - offsets[at], a, b, rows[at])


def _best(*works: Callable[[], object], repeat: int = 2) -> list[float]:
    """Seconds of processor time of the fastest run of each, in alternating runs after one that compiles.

    All of it runs on one thread.
    """
    for work in works:
        work()
    times: list[list[float]] = [[] for _ in works]
    for _ in range(repeat):
        for work, taken in zip(works, times, strict=True):
            began = time.process_time()
            work()
            taken.append(time.process_time() - began)
    return [min(taken) for taken in times]


def signing(texts: list[str]) -> None:
    """Print MB/s on one core, beside that of the arithmetic alone."""
    settings = Settings()
    minhash.signatures(texts, settings)  # fills the table of characters
    utf8, offsets = words.encoded(texts)
    a, b = minhash.permutations(settings.num_perm, settings.seed)
    rows = np.empty((len(texts), settings.num_perm), np.uint32)
    longest = int(np.diff(offsets).max()) + word_kernels.ROOM
    room = np.empty((5, longest), np.int32), np.empty(longest, np.uint64), np.empty(longest, np.uint32)

    def sign() -> None:
        tables = words.tables()
        word_kernels.sign(utf8, offsets, *tables, settings.shingle_words, a, b, *room, np.zeros(1, np.int64), rows)

    counts = [max(len(words.words(each)[0]) - settings.shingle_words + 1, 1) for each in texts]
    starts = np.concatenate([[0], np.cumsum(counts)])
    hashes = np.random.default_rng(1).integers(0, 2**32, starts[-1], dtype=np.uint32)

    whole, floor, plain = _best(
        sign,
        lambda: _blocked_loop(hashes, starts, a, b, rows),
        lambda: _plain_loop(hashes, starts, a, b, rows),
        repeat=20,
    )
    title = f"Signing {len(utf8) / 1e6:.0f} MB of news, 128 permutations, one core"
    table = Table(title=title, title_justify="left", box=None)
    for column in ("", "seconds", "MB/s"):
        table.add_column(column, justify="right" if column else "left")
    for name, seconds in (
        ("text to signature", whole),
        ("minima alone, eight hashes at a time", floor),
        ("minima alone, plain loop", plain),
    ):
        table.add_row(name, f"{seconds:.3f}", f"{len(utf8) / seconds / 1e6:.0f}")
    console.print(table)
    console.print()


def aligning(texts: list[str]) -> None:
    """Print pairs per second on one core: nearest neighbours of news length, so that there is something to align."""
    chosen = [each for each in texts if NEWS_WORDS[0] <= len(each.split()) <= NEWS_WORDS[1]][:2000]
    rows = tfidf.rows(chosen)
    near = tfidf.candidates(rows, Settings(neighbours=2))[:PAIRS]
    documents: dict[int, Document] = {
        at: text.analyse(Article(id=str(at), text=chosen[at])) for at in np.unique(near).tolist()
    }
    pairs = [(documents[i], documents[j]) for i, j in near.tolist()]
    listed = [(a.keys.tolist(), b.keys.tolist()) for a, b in pairs]
    settings = Settings()
    table = Table(
        title=f"{len(pairs)} pairs of {NEWS_WORDS[0]} to {NEWS_WORDS[1]} words, one core", title_justify="left", box=None
    )
    for column in ("", "pairs a second"):
        table.add_column(column, justify="right" if column else "left")

    def afresh() -> list[Alignment]:
        """Align as if no document had been aligned before; in a scan each is aligned with several."""
        return [align.align(copy.copy(a), copy.copy(b)) for a, b in pairs]

    for name, work in (
        ("align: spans of two documents", lambda: [align.align(a, b) for a, b in pairs]),
        ("align, both documents new to it", afresh),
        ("long passages, by themselves", lambda: [align.shared_passages(a, b) for a, b in pairs]),
        ("align, score and judge", lambda: [comparing.match(a, b, 0.0, settings) for a, b in pairs]),
        ("RapidFuzz Indel opcodes, words in order", lambda: [Indel.opcodes(a, b) for a, b in listed]),
        (
            "difflib matching blocks, words in order",
            lambda: [difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks() for a, b in listed],
        ),
    ):
        table.add_row(name, f"{len(pairs) / _best(work)[0]:,.0f}")
    (analysing,) = _best(lambda: [text.analyse(Article(id="a", text=each)) for each in chosen[:500]], repeat=1)
    table.add_row("(documents analysed a second)", f"{500 / analysing:,.0f}")
    console.print(table)


@click.command(help=__doc__)
@click.option("--data", "folder", type=click.Path(path_type=Path), default=data.DEFAULT, show_default=True)
def main(folder: Path) -> None:
    """Print the tables."""
    console.print(f"{os.cpu_count()} cores\n")
    bbc = data.background(folder, "bbc")
    signing(bbc + data.background(folder, "reuters"))
    aligning(bbc)


if __name__ == "__main__":
    main()
