"""How well the program does on labelled data: ``alignment``, ``judgement``, ``candidates``, ``check`` against the floors.

    python -m benchmarks.quality alignment --data ../shared/data [--out detections.jsonl]
    python -m benchmarks.quality judgement --data ../shared/data
    python -m benchmarks.quality candidates --data ../shared/data
    python -m benchmarks.quality check --data ../shared/data [--raise-floors]

``judgement`` judges no set by coefficients that were fitted on it. ``check`` runs everything and fails under
``benchmarks/floors.json``; ``--raise-floors`` writes the figures just reached where they are higher. A floor is lowered by
hand only, with the reason in the changelog. Floors count only for the data whose digest they carry.
"""

from __future__ import annotations

import json
import math
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import click
import numpy as np
from rich.console import Console
from rich.table import Table
from sklearn.model_selection import GroupKFold

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # so that it runs as a script too

from benchmarks import data, fit_judge
from benchmarks.plagdet import Range, plagdet
from detector import engine, judge, minhash, tfidf
from detector.align import shared_passages
from detector.minhash import scores, shingles
from detector.model import DERIVATIVE, Article, Document, Settings
from detector.text import analyse
from detector.tfidf import cosine, rows

FLOORS = Path(__file__).with_name("floors.json")
SLACK = 0.004  # figures move by so much with the versions of the libraries
FALSE_ALARMS = (0.01, 0.02)
NO_FLOOR = ("open-ended",)  # only the claim is kept: hardly a rewrite, shown for the record
FEW_ANSWERS = 30  # a share of fewer is chance, and no floor
console = Console(width=110, highlight=False)
Figures = dict[str, float]


def _table(title: str, columns: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for at, column in enumerate(columns):
        table.add_column(column, justify="right" if at else "left")
    for line in lines:
        table.add_row(*line)
    console.print(table)
    console.print()


# ----------------------------------------------------------------------------------------------------------- alignment


_documents: dict[str, Document] = {}  # of the process: what each of a pool's workers inherits


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
    # Every text is analysed once, longest first; the pairs are then divided among processes that have all documents.
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
    _table(
        f"Text alignment on {name}: {len(pairs)} pairs in {seconds:.1f} s ({len(pairs) / seconds:.0f} a second)",
        ["", "pairs", "PlagDet", "recall", "precision", "granularity", "clean pairs spared"],
        lines,
    )
    return figures


# ----------------------------------------------------------------------------------------------------------- judgement


def _held_out(cases: Sequence[fit_judge.Case]) -> dict[str, np.ndarray]:
    """For each set, (n,) probabilities of all cases by models fitted without that set.

    The negatives of ``same-event`` are in every fit, for there are hardly any others; they are judged by folds of groups:
    for each set and fold a model is fitted without either. A set's own cases get the mean over the folds.
    """
    names = np.array([case.pair.set for case in cases])
    hard = np.flatnonzero(names == "same-event")
    folds = [hard[test] for _, test in GroupKFold(5).split(hard, groups=[cases[at].pair.group for at in hard])]
    result = {}
    for name in dict.fromkeys(names):
        odds = np.zeros(len(cases))
        for fold in folds:
            out = set(fold.tolist()) | set(np.flatnonzero(names == name).tolist() if name != "same-event" else ())
            model = fit_judge.derivation_model([case for at, case in enumerate(cases) if at not in out])
            for at, case in enumerate(cases):
                if names[at] != "same-event":
                    odds[at] += model.log_odds(judge.inputs(case.measures)) / len(folds)
                elif at in fold:
                    odds[at] = model.log_odds(judge.inputs(case.measures))
        result[name] = np.array([judge.probability(each) for each in odds])
    return result


def _verdicts(folder: Path) -> tuple[float, float]:
    """Share of independent reports, by the shipped program, with a verdict of derivation; and with partial."""
    texts, pairs = data.load(folder, "same-event")
    told = [
        engine.compare(Article(id="a", text=texts[pair.derived]), Article(id="b", text=texts[pair.source])).verdict
        for pair in pairs
    ]
    return sum(each in DERIVATIVE for each in told) / len(told), told.count("partial") / len(told)


def _interval(share: float, count: int) -> str:
    """Wilson's 95 % interval of a share."""
    z = 1.96
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return f"{middle - half:.2f}–{middle + half:.2f}"


def _baselines(folder: Path, cases: Sequence[fit_judge.Case]) -> dict[str, np.ndarray]:
    """What other tools look at: containment and Jaccard of 5-grams, cosine of TF-IDF over the set."""
    found: dict[str, list[float]] = {"5-gram containment": [], "5-gram Jaccard": [], "TF-IDF cosine": []}
    for name in dict.fromkeys(case.pair.set for case in cases):
        texts, _ = data.load(folder, name)
        ids = sorted(texts)
        documents = [analyse(Article(id=each, text=texts[each])) for each in ids]
        grams = {each: shingles(document, Settings().shingle_words) for each, document in zip(ids, documents, strict=True)}
        table, row = rows([texts[each] for each in ids]), {each: at for at, each in enumerate(ids)}
        for case in cases:
            if case.pair.set == name:
                i, j = case.pair.derived, case.pair.source
                pair = scores(grams[i], grams[j], cosine(table, row[i], row[j]))
                found["5-gram containment"].append(max(pair.containment_a, pair.containment_b))
                found["5-gram Jaccard"].append(pair.jaccard)
                found["TF-IDF cosine"].append(pair.cosine)
    return {name: np.array(values) for name, values in found.items()}


def _auc(positive: np.ndarray, negative: np.ndarray) -> float:
    """Probability that a positive scores above a negative."""
    ordered = np.sort(negative)
    below = np.searchsorted(ordered, positive, side="left") + np.searchsorted(ordered, positive, side="right")
    return float(below.mean() / (2 * len(negative)))


def measure_judgement(folder: Path) -> Figures:
    """Recall at few false alarms against independent reports, and direction."""
    cases = [case for name in fit_judge.SETS for case in fit_judge.measured(folder, name)]
    short = fit_judge.briefs(folder)
    labels = np.array([fit_judge.kind(case.pair) for case in cases])
    held = _held_out(cases + short)
    baselines = _baselines(folder, cases)
    independent = labels == "independent"
    figures: Figures = {}
    lines = []
    for label in ("paraphrase", "rewrite", "polished", "polished-major", "simplified", "simplified-twice", "open-ended"):
        line = [label, str((labels == label).sum())]
        own = held[next(case.pair.set for case, each in zip(cases, labels, strict=True) if each == label)][: len(cases)]
        for name, values in {"this program": own, **baselines}.items():
            for rate in FALSE_ALARMS:
                # The lowest threshold that no more than this share of the independent pairs lies above.
                bar = np.sort(values[independent])[::-1][int(rate * independent.sum())]
                recall = float((values[labels == label] > bar).mean())
                line.append(f"{recall:.3f}")
                if name == "this program" and rate == FALSE_ALARMS[-1]:
                    figures |= {f"recall {label}": recall} if label not in NO_FLOOR else {}
                    line.append(_interval(recall, int((labels == label).sum())))
        shipped = float((own[labels == label] >= judge.LIKELY).mean())
        area = _auc(own[labels == label], own[independent])
        figures |= {f"auc {label}": area} if label not in NO_FLOOR else {}
        lines.append([*line[:2], f"{area:.3f}", f"{shipped:.3f}", *line[2:]])
    alarms = float((held["same-event"][: len(cases)][independent] >= judge.LIKELY).mean())
    brief_alarms = float((held["same-event"][len(cases) :] >= judge.LIKELY).mean())
    accused, partial = _verdicts(folder)
    figures["independent reports spared"] = 1 - alarms
    figures["independent briefs spared"] = 1 - brief_alarms
    figures["independent reports spared by verdict"] = 1 - accused
    _table(
        f"Rewrites against independent reports of one event. Recall at 1 % and 2 % false alarms; at p ≥ {judge.LIKELY}, "
        f"false alarms {alarms:.3f} ({brief_alarms:.3f} where one report is cut short); by verdict, in sample, "
        f"{accused:.3f} ({partial:.3f} partial)",
        ["", "pairs", "AUC", "p≥.5", "1 %", "2 %", "95 %", "cont.", "2 %", "Jac.", "2 %", "tfidf", "2 %"],
        lines,
    )
    figures |= _direction(cases)
    return figures


def _direction(cases: Sequence[fit_judge.Case]) -> Figures:
    """Who took from whom, from the text alone; a set is judged by coefficients fitted on the others."""
    known = fit_judge.direction_cases(cases)
    figures: Figures = {}
    lines = []
    for name in dict.fromkeys(case.pair.set for case in known):
        model = fit_judge.fit_direction([case for case in known if case.pair.set != name])
        odds = [model.log_odds(judge.differences(case.measures)) for case in known if case.pair.set == name]
        answered = [value for value in odds if judge.probability(abs(value)) >= judge.SURE]
        right = sum(value > 0 for value in answered) / len(answered)
        if len(answered) >= FEW_ANSWERS:
            figures[f"direction right {name}"] = right
            figures[f"direction answered {name}"] = len(answered) / len(odds)
        forced = f"{np.mean(np.array(odds) > 0):.3f}"
        lines.append([name, str(len(odds)), forced, f"{len(answered) / len(odds):.3f}", f"{right:.3f}"])
    _table(
        f"Direction from text alone, answered at {judge.SURE:.0%} confidence",
        ["", "pairs", "right if forced", "answered", "right where answered"],
        lines,
    )
    return figures


# ---------------------------------------------------------------------------------------------------------- candidates


def measure_candidates(folder: Path) -> Figures:
    """Share of derived texts proposed together with their source among the background's stories, a kind at a time.

    Of each original one version is put into the pool: several would find one another and leave it no room.
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
        signed = minhash.candidates(minhash.signatures(texts, settings), settings)
        proposed = np.unique(np.concatenate([signed, tfidf.candidates(tfidf.rows(texts), settings)]), axis=0)
        # A pair of neighbours in the list, the first of them even places after the pool, is a text and its source.
        hit = (proposed[:, 0] >= len(pool)) & ((proposed[:, 0] - len(pool)) % 2 == 0) & (np.diff(proposed)[:, 0] == 1)
        recall = float(hit.sum()) / len(versions)
        if label not in NO_FLOOR and not label.endswith("(other)"):
            figures[f"candidates {label}"] = recall
        each = f"{len(proposed) / len(texts):.1f}"
        lines.append([label, str(len(versions)), f"{recall:.3f}", _interval(recall, len(versions)), each])
    _table(
        f"Candidates among {len(pool):,} stories of the background, {settings.neighbours} neighbours looked at",
        ["", "originals", "recall", "95 %", "pairs an article"],
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
    """Rewrites told from independent reports, and direction."""
    measure_judgement(folder)


@main.command()
@folder_option
def candidates(folder: Path) -> None:
    """Derived texts found among the candidates."""
    measure_candidates(folder)


@main.command()
@folder_option
@click.option("--raise-floors", is_flag=True, help="Write the figures reached where they beat the floors.")
def check(folder: Path, raise_floors: bool) -> None:
    """Print every table and fail under the floors."""
    figures = {**measure_alignment(folder, "pan13", None), **measure_judgement(folder), **measure_candidates(folder)}
    digests = {name: data.digest(folder, name) for name in ("pan13", "background", *fit_judge.SETS)}
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
