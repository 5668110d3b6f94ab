"""From text to near-duplicate candidates, beside other tools for it: time, memory, what was found.

    python -m benchmarks.peers --data ../shared/data [--repeat 3]

Every system gets the same texts (``background`` and the documents of ``pan13``), word 5-grams, 128 permutations, threshold
.7, its own tokenizer and its default number of threads. It runs in a process of its own: once from start to pairs, imports
included, and once more in the same process, as in a service. The best of the repeats counts. Pairs are scored against exact
Jaccard: every pair that any system, or a search at threshold .4, proposes is verified on the whole texts with this program's
shingles.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # so that it also runs as a script

from benchmarks import data, rivals
from benchmarks.rivals import SYSTEMS, THRESHOLD, WORDS, Pairs


def texts_of(folder: Path) -> list[str]:
    """The texts that all systems get."""
    found = data.background(folder, "bbc") + data.background(folder, "reuters")
    return found + list(data.load(folder, "pan13")[0].values())


@dataclass(frozen=True, slots=True)
class Run:
    """One run: seconds from process start to its pairs, seconds of a second run in the same process, MiB."""

    whole: float
    again: float
    peak: float
    pairs: Pairs


def _timed(system: str, texts: Path) -> Run:
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        command = [sys.executable, rivals.__file__, system, str(texts), out.name]
        began = time.time()
        done = subprocess.run(command, stderr=subprocess.PIPE, text=True, env=os.environ)
        if done.returncode:
            raise click.ClickException(f"{system}: {done.stderr.strip().splitlines()[-1]}")
        told = json.loads(Path(out.name).read_text())
    return Run(told["first"] - began, told["again"], told["peak"], told["pairs"])


def _exact(texts: list[str], proposed: set[tuple[int, int]]) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """All pairs examined, and those whose Jaccard reaches the threshold."""
    from detector import minhash
    from detector.languages.words import words
    from detector.loops import kernels
    from detector.model import Settings

    loose = Settings(threshold=0.4)
    proposed |= {(i, j) for i, j in minhash.candidates(minhash.signatures(texts, loose), loose).tolist()}
    pairs = np.array(sorted(proposed), np.int64)
    values, offsets = minhash.stacked([minhash.shingles_of(words(text)[2], WORDS) for text in texts])
    shared = kernels.common_each(values, offsets, pairs)
    sizes = np.diff(offsets)[pairs].sum(axis=1)
    near = shared >= THRESHOLD * np.maximum(sizes - shared, 1)
    return proposed, {(i, j) for i, j in pairs[near].tolist()}


@click.command(help=__doc__)
@click.option("--data", "folder", type=click.Path(path_type=Path), default=data.DEFAULT, show_default=True)
@click.option("--repeat", default=3, show_default=True)
def main(folder: Path, repeat: int) -> None:
    """Measure all systems."""
    texts = texts_of(folder)
    with tempfile.NamedTemporaryFile(suffix=".pickle") as file:
        Path(file.name).write_bytes(pickle.dumps(texts))
        # Systems take turns, so that a noisy minute does not hit only one of them.
        runs = {name: [_timed(name, Path(file.name)) for _ in range(1)] for name in SYSTEMS}
        for _ in range(repeat - 1):
            for name in SYSTEMS:
                runs[name].append(_timed(name, Path(file.name)))
    found = {name: {(int(i), int(j)) for i, j in runs[name][0].pairs} for name in SYSTEMS}
    _, near = _exact(texts, set().union(*found.values()))
    size = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts) / 1e6
    fields = ("whole", "again", "peak")
    best = {name: [min(getattr(run, field) for run in each) for field in fields] for name, each in runs.items()}
    own = best["this program"]
    table = Table(
        title=f"{len(texts):,} texts, {size:.0f} MB, to pairs of Jaccard {THRESHOLD}; "
        f"{os.cpu_count()} cores, best of {repeat}",
        title_justify="left",
        box=None,
    )
    for column in ("", "whole process", "", "once running", "", "peak MiB", "pairs", "precision", "recall"):
        table.add_column(column, justify="right" if table.columns else "left")
    for name, (whole, again, peak) in best.items():
        right = len(found[name] & near)
        table.add_row(
            name,
            f"{whole:.2f} s",
            f"{whole / own[0]:.1f}×",
            f"{again:.2f} s",
            f"{again / own[1]:.1f}×",
            f"{peak:.0f}",
            f"{len(found[name]):,}",
            f"{right / max(len(found[name]), 1):.3f}",
            f"{right / max(len(near), 1):.3f}",
        )
    Console(width=110, highlight=False).print(table)


if __name__ == "__main__":
    main()
