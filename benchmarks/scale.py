"""How a full scan grows: 10,000, 30,000 and 100,000 articles from files to JSON, with copies planted among them.

    python -m benchmarks.scale --data ../shared/data [--sizes 10000,30000,100000] [--near-duplicates]
    python -m benchmarks.scale --reading 200000,2000 [--work FOLDER]

``--reading`` only reads: a folder of that many small files, and one file of JSON lines of that many megabytes.

The articles are made of real ones, the same in every run: each draws its sentences from the texts around a place of its own
in ``background`` and ``pan13``, so that neighbours share a vocabulary and, by chance, a sentence, as stories of one desk do.
Up to 100,000 articles, the pool is in proportion to them, so that a sentence recurs as often in every size and an article
has about as many matches: from one pool for all, they would grow with the square of the articles. One in ten is planted:
an earlier one cut, lightly edited or both. Each scan is a process of its own, on the command line, with files read from
disk; reported are its time, its peak memory and how many planted pairs it found. Matches that were not planted are copies of
the same article, and articles that drew the same sentences.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
import psutil
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # so that it also runs as a script

from benchmarks import data, peers

WORDS = 500  # words per article, on average; some 3 kB
AROUND = 4096  # texts that an article draws its sentences from
OF_ALL_TEXTS = 100_000  # articles that draw from all texts
PLANTED = 10  # one article in this many is made from an earlier one
FOLDER = 1000  # articles in a folder
NEAR = 0.7  # Jaccard of a near-duplicate
SAMPLED = 0.2  # seconds between memory samples
console = Console(width=110, highlight=False)


@dataclass(frozen=True, slots=True)
class Planted:
    """An article made from another, and the exact Jaccard of their word 5-grams."""

    copy: str
    source: str
    jaccard: float


def _name(at: int) -> str:
    return f"{at // FOLDER:04d}/{at:07d}.txt"


def _edited(sentences: list[str], chance: random.Random) -> list[str]:
    """The sentences with some cut from either end, or a few words in a hundred dropped, doubled or exchanged, or both."""
    how = chance.choice(("cut", "edited", "both"))
    if how != "edited":
        keep = max(int(len(sentences) * chance.uniform(0.55, 0.95)), 1)
        begin = chance.choice((0, len(sentences) - keep))
        sentences = sentences[begin : begin + keep]
    if how == "cut":
        return list(sentences)
    rate = chance.uniform(0.005, 0.06)
    result = []
    for sentence in sentences:
        words = sentence.split()
        for at in range(len(words)):
            if chance.random() < rate:
                words[at] = chance.choice(("", f"{words[at]} indeed", words[chance.randrange(len(words))]))
        result.append(" ".join(filter(None, words)))
    return result


def articles(texts: list[str], count: int) -> Iterator[tuple[list[str], int | None]]:
    """The sentences of each article, and the number of the article that it was made from."""
    pool = [
        [each for each in re.split(r"(?<=[.!?])\s+", " ".join(text.split())) if 6 <= len(each.split()) <= 60]
        for text in texts
    ]
    pool = [sentences for sentences in pool if sentences][:: max(round(OF_ALL_TEXTS / count), 1)]
    made: list[list[str]] = []
    for at in range(count):
        chance = random.Random(at)
        if at % PLANTED == PLANTED - 1:
            source = chance.randrange(max(0, at - 50_000), at)
            source -= source % PLANTED == PLANTED - 1  # never a copy of a copy
            sentences = _edited(made[source], chance)
            made.append([])
            yield sentences, source
            continue
        place = chance.randrange(len(pool))
        wanted, size, drawn = chance.gauss(WORDS, WORDS / 5), 0, []
        while size < wanted:
            sentence = chance.choice(pool[(place + chance.randrange(AROUND)) % len(pool)])
            drawn.append(sentence)
            size += len(sentence.split())
        made.append(drawn)
        yield drawn, None


def write(texts: list[str], count: int, folder: Path) -> tuple[list[Planted], int]:
    """Write the articles as files; returns what was planted and the number of bytes."""
    from detector import minhash
    from detector.languages.words import words
    from detector.loops import kernels

    planted, size = [], 0
    kept: list[str] = []
    for at, (sentences, source) in enumerate(articles(texts, count)):
        lines = [" ".join(sentences[first : first + 3]) for first in range(0, len(sentences), 3)]
        text = "\n\n".join(lines) + "\n"
        kept.append("" if source is not None else text)
        path = folder / _name(at)
        path.parent.mkdir(exist_ok=True)
        size += path.write_bytes(text.encode("utf-8", "replace"))
        if source is not None:
            a, b = (minhash.shingles_of(words(each)[2], 5) for each in (text, kept[source]))
            shared = int(kernels.common(a, b))
            planted.append(Planted(_name(at), _name(source), shared / (len(a) + len(b) - shared)))
    return planted, size


@dataclass(frozen=True, slots=True)
class Run:
    """One scan measured from outside; ``peak``: MiB of the process and its children, with shared memory counted twice."""

    seconds: float
    peak: float
    verdicts: dict[frozenset[str], str]


def _watched(command: list[str], stdout: int | None = None) -> tuple[psutil.Popen, float, float]:
    """Run a command and return its process, seconds and peak MiB. Raises ``SystemExit`` with its last line if it fails."""
    began = time.perf_counter()
    process = psutil.Popen(command, stdout=stdout, stderr=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1])
    peak = 0
    while process.poll() is None:
        with suppress(psutil.Error):
            peak = max(peak, sum(each.memory_info().rss for each in (process, *process.children(recursive=True))))
        time.sleep(SAMPLED)
    seconds = time.perf_counter() - began
    if process.returncode:
        raise SystemExit(f"the scan failed: {(process.stderr.read().strip().splitlines() or ['killed'])[-1]}")
    return process, seconds, peak / 2**20


def scan(folder: Path, out: Path, *options: str) -> Run:
    """Scan a folder in a process of its own. Raises ``SystemExit`` with its last line if it fails."""
    command = [sys.executable, "-m", "detector", "scan", str(folder), "--json", str(out), "--quiet", *options]
    _, seconds, peak = _watched(command)
    with out.open(encoding="utf-8") as stream:
        found = json.load(stream)["matches"]
    return Run(seconds, peak, {frozenset((each["a"], each["b"])): each["verdict"] for each in found})


READ = """
import json, sys
from detector import read_articles
articles = read_articles(sys.argv[1:])
print(json.dumps([len(articles), len(articles.skipped)]))
"""


def measure_reading(files: int, megabytes: int, work: Path | None) -> None:
    """Read many small files, and one large one, each in a process of its own, and print time and peak memory.

    Raises ``SystemExit`` if not all of it was read.
    """
    table = Table(title="Reading alone", title_justify="left", box=None)
    for column in ("", "MB", "articles", "seconds", "peak MiB"):
        table.add_column(column, justify="right" if column else "left")
    vocabulary = [start + middle + end for start in ("ba", "ko", "ri") for middle in "lmnrst" for end in ("a", "en", "is")]

    def text(at: int, words: int) -> str:
        chance = random.Random(at)
        return f"Story {at}. " + " ".join(chance.choices(vocabulary, k=words)) + "."

    with tempfile.TemporaryDirectory(dir=work) as scratch:
        small, large = Path(scratch) / "small", Path(scratch) / "large.jsonl"
        for at in range(files):
            path = small / _name(at)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text(at, 100))
        filler, records = text(0, WORDS), 0
        with large.open("w") as stream:
            while stream.tell() < megabytes * 1e6:
                for at in range(records, records + 1000):
                    stream.write(json.dumps({"id": at, "title": f"Story {at}", "text": f"{text(at, 10)} {filler}"}) + "\n")
                records += 1000
        for name, path, expected in (("small files", small, files), ("JSON lines", large, records)):
            size = large.stat().st_size if path == large else sum(each.stat().st_size for each in small.rglob("*.txt"))
            process, seconds, peak = _watched([sys.executable, "-c", READ, str(path)], stdout=subprocess.PIPE)
            count, skipped = json.loads(process.stdout.read())
            if (count, skipped) != (expected, 0):
                raise SystemExit(f"{name}: {count:,} of {expected:,} read, {skipped:,} skipped")
            table.add_row(name, f"{size / 1e6:,.0f}", f"{count:,}", f"{seconds:.0f}", f"{peak:,.0f}")
    console.print(table)


@click.command(help=__doc__)
@click.option("--data", "folder", type=click.Path(path_type=Path), default=data.DEFAULT, show_default=True)
@click.option("--sizes", default="10000,30000,100000", show_default=True)
@click.option("--near-duplicates", is_flag=True, help="Only copies, as --near-duplicates of a scan.")
@click.option("--reading", metavar="FILES,MB", help="Only read so many small files, and a file of so many megabytes.")
@click.option("--work", type=click.Path(path_type=Path), help="Where the articles are written; else a temporary folder.")
def main(folder: Path, sizes: str, near_duplicates: bool, reading: str | None, work: Path | None) -> None:
    """Write and scan one size after the other, and print the figures."""
    if reading:
        files, _, megabytes = reading.partition(",")
        measure_reading(int(files), int(megabytes), work)
        return
    options = ("--near-duplicates",) if near_duplicates else ()
    texts = peers.texts_of(folder)
    table = Table(title=f"Files to JSON, {os.cpu_count()} cores", title_justify="left", box=None)
    for column in ("articles", "MB", "seconds", "peak MiB", "planted ≥ .7", "found", "other planted", "found", "matches"):
        table.add_column(column, justify="right")
    told = []
    for count in map(int, sizes.split(",")):
        with tempfile.TemporaryDirectory(dir=work) as scratch:
            place = Path(scratch) / "articles"
            place.mkdir()
            planted, size = write(texts, count, place)
            run = scan(place, Path(scratch) / "report.json", *options)
        near = np.array([each.jaccard >= NEAR for each in planted])
        hit = np.array([frozenset((each.copy, each.source)) in run.verdicts for each in planted])
        shares = [f"{hit[which].mean():.4f}" if which.any() else "–" for which in (near, ~near)]
        row = [f"{count:,}", f"{size / 1e6:.0f}", f"{run.seconds:.1f}", f"{run.peak:.0f}"]
        row += [f"{near.sum():,}", shares[0], f"{(~near).sum():,}", shares[1], f"{len(run.verdicts):,}"]
        table.add_row(*row)
        told.append(f"{count:,}: " + ", ".join(f"{many:,} {name}" for name, many in Counter(run.verdicts.values()).items()))
        console.print(f"{count:,} articles: {run.seconds:.1f} s", style="dim")
    console.print(table)
    console.print("\n".join(told))


if __name__ == "__main__":
    main()
