"""How well the program does on labelled data, in tables; ``check`` prints all of them.

    python -m benchmarks.quality alignment --data ../shared/data [--out detections.jsonl]
    python -m benchmarks.quality judgement --data ../shared/data
    python -m benchmarks.quality candidates --data ../shared/data
    python -m benchmarks.quality facts --data ../shared/data
    python -m benchmarks.quality extraction --data ../shared/data
    python -m benchmarks.quality check --data ../shared/data [--raise-floors]

``judgement`` judges no set by coefficients fitted on it. ``check`` runs everything and fails if a figure is below
``benchmarks/floors.json``; ``--raise-floors`` writes the new figures where they are higher. Lower a floor only by hand, with
the reason in the changelog. Floors apply only to data with the digest they carry.
"""

from __future__ import annotations

import json
import math
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import click
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # so that it also runs as a script

from benchmarks import data, fit_judge
from benchmarks.doctored import measure_doctored
from benchmarks.extraction import measure_extraction
from benchmarks.judgement import Figures, console, measure_judgement, table
from benchmarks.plagdet import Range, plagdet
from detector import engine, minhash, tfidf
from detector.align import shared_passages
from detector.document import Document
from detector.model import Article, Settings
from detector.text import analyse

FLOORS = Path(__file__).with_name("floors.json")
SLACK = 0.004  # figures vary by this much with library versions
BACKGROUND_SHARE = 0.1  # of the background pairs that ``check`` examines
NO_FLOOR = ("open-ended",)  # only the claim is kept: hardly a rewrite, shown for the record


def _interval(share: float, count: int) -> str:
    """Wilson's 95 % interval of a share."""
    z = 1.96
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return f"{middle - half:.2f}–{middle + half:.2f}"


# ----------------------------------------------------------------------------------------------------------- alignment


_documents: dict[str, Document] = {}  # per process; inherited by a pool's workers


def _analysed(item: tuple[str, str]) -> Document:
    return analyse(Article(id=item[0], text=item[1]))


def _passages(pair: tuple[str, str]) -> list[Range]:
    return list(shared_passages(_documents[pair[0]], _documents[pair[1]]))


def _inherit(documents: dict[str, Document]) -> None:
    _documents.update(documents)


def measure_alignment(folder: Path, name: str, out: Path | None) -> Figures:
    """PlagDet over one set, overall and by label."""
    began = time.perf_counter()
    texts, pairs = data.load(folder, name)
    # Every text is analysed once, longest first; the pairs are then divided among processes that hold all documents.
    items = sorted(texts.items(), key=lambda item: -len(item[1]))
    with ProcessPoolExecutor() as pool:
        documents = {each.article.id: each for each in pool.map(_analysed, items, chunksize=32)}
    with ProcessPoolExecutor(initializer=_inherit, initargs=(documents,)) as pool:
        found = list(pool.map(_passages, [(pair.derived, pair.source) for pair in pairs], chunksize=64))
    seconds = time.perf_counter() - began
    if out:
        with out.open("w", encoding="utf-8") as stream:
            for pair, spans in zip(pairs, found, strict=True):
                stream.write(json.dumps({"derived": pair.derived, "source": pair.source, "spans": spans}) + "\n")
    cases: dict[str, dict[str, Sequence[Range]]] = defaultdict(dict)
    detections: dict[str, dict[str, Sequence[Range]]] = defaultdict(dict)
    for at, (pair, spans) in enumerate(zip(pairs, found, strict=True)):
        for label in ("all", pair.label):
            cases[label][str(at)] = pair.spans
            detections[label][str(at)] = spans
    figures: Figures = {}
    lines = []
    for label in sorted(cases):
        score = plagdet(cases[label], detections[label])
        clean = [not detections[label][at] for at in cases[label] if not cases[label][at]]
        spared = f"{np.mean(clean):.3f}" if clean else ""
        if label != "no-plagiarism":
            figures[f"plagdet {label}"] = score.plagdet
            parts = [f"{each:.3f}" for each in (score.plagdet, score.recall, score.precision, score.granularity)]
        else:
            figures["clean pairs spared"] = float(np.mean(clean))
            parts = ["", "", "", ""]
        lines.append([label, str(len(cases[label])), *parts, spared])
    table(
        f"Text alignment on {name}: {len(pairs)} pairs in {seconds:.1f} s ({len(pairs) / seconds:.0f} a second)",
        ["", "pairs", "PlagDet", "recall", "precision", "granularity", "clean pairs spared"],
        lines,
    )
    return figures


# ---------------------------------------------------------------------------------------------------------- candidates


def measure_candidates(folder: Path) -> Figures:
    """Share of derived texts proposed together with their source among the background's stories, for each kind.

    Only one version of each original is put into the pool: several would find one another and leave it no room.
    """
    pool = data.background(folder, "bbc") + data.background(folder, "reuters")
    chosen: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for name in ("ai-rewrites", "ai-polished", "onestop"):
        stored, pairs = data.load(folder, name)
        for pair in pairs:
            chosen[fit_judge.kind(pair)].setdefault(pair.source, (stored[pair.source], stored[pair.derived]))
    settings = Settings()
    figures: Figures = {}
    lines = []
    for label, versions in sorted(chosen.items()):
        texts = pool + [text for both in versions.values() for text in both]
        signed = minhash.to_verify(minhash.signatures(texts, settings), settings)
        rows = tfidf.rows(texts)
        near = tfidf.candidates(rows, settings)
        held = near[tfidf.overlaps(rows, near)[:, 1:].max(axis=1) >= engine.HELD]
        cells = []
        for proposed in (np.unique(np.concatenate([signed, each]), axis=0) for each in (near, held)):
            # Two consecutive items, the first an even number of places after the pool, are a text and its source.
            hit = (proposed[:, 0] >= len(pool)) & ((proposed[:, 0] - len(pool)) % 2 == 0) & (np.diff(proposed)[:, 0] == 1)
            recall = float(hit.sum()) / len(versions)
            cells += [f"{recall:.3f}", _interval(recall, len(versions)), f"{len(proposed) / len(texts):.1f}"]
            if label not in NO_FLOOR and not label.endswith("(other)"):
                figures.setdefault(f"candidates {label}", recall)
        lines.append([label, str(len(versions)), *cells])
    table(
        f"Candidates among {len(pool):,} stories of the background, {settings.neighbours} neighbours looked at; at the "
        f"right, those compared in full where there are more than {engine.EVERY_PAIR:,}",
        ["", "originals", "recall", "95 %", "an article", "recall", "95 %", "an article"],
        lines,
    )
    return figures


# --------------------------------------------------------------------------------------------------------------- check


@click.group()
def main() -> None:
    """Quality on labelled data."""


folder_option = click.option("--data", "folder", type=click.Path(path_type=Path), default=data.DEFAULT, show_default=True)


@main.command()
@folder_option
@click.option("--set", "name", default="pan13", show_default=True)
@click.option("--out", type=click.Path(path_type=Path), help="Write the detections as JSON lines.")
def alignment(folder: Path, name: str, out: Path | None) -> None:
    """PlagDet by the PAN definition."""
    measure_alignment(folder, name, out)


@main.command()
@folder_option
def judgement(folder: Path) -> None:
    """Rewrites against independent reports, levels of derivation, direction, false alarms in the background."""
    measure_judgement(folder)


@main.command()
@folder_option
def candidates(folder: Path) -> None:
    """Derived texts found among the candidates."""
    measure_candidates(folder)


@main.command()
@folder_option
def facts(folder: Path) -> None:
    """Figures and names put for others, told or not."""
    measure_doctored(folder)


@main.command()
@folder_option
def extraction(folder: Path) -> None:
    """Articles extracted from pages, beside readability-lxml."""
    measure_extraction(folder, rivals=True)


@main.command()
@folder_option
@click.option("--raise-floors", is_flag=True, help="Write the figures reached where they beat the floors.")
def check(folder: Path, raise_floors: bool) -> None:
    """Print every table; fail if a figure is below its floor."""
    figures = {
        **measure_alignment(folder, "pan13", None),
        **measure_judgement(folder, BACKGROUND_SHARE),
        **measure_candidates(folder),
        **measure_doctored(folder),
        **measure_extraction(folder),
    }
    digests = {name: data.digest(folder, name) for name in ("pan13", "background", "html", *fit_judge.SETS)}
    stored = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {"data": digests, "floors": {}}
    if stored["data"] != digests:
        console.print("The data are not those that the floors were measured on; figures are shown, floors not checked.")
        return
    floors: Figures = stored["floors"]
    if raise_floors:
        for name, value in figures.items():
            floors[name] = max(floors.get(name, 0.0), math.floor(1000 * value) / 1000)
        FLOORS.write_text(json.dumps({"data": digests, "floors": floors}, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    under = [name for name, floor in floors.items() if figures.get(name, 0.0) < floor - SLACK]
    for name in under:
        console.print(f"under the floor: {name} {figures.get(name, 0.0):.3f}, floor {floors[name]:.3f}", style="bold")
    if under:
        raise SystemExit(1)
    console.print(f"{len(floors)} floors held")


if __name__ == "__main__":
    main()
