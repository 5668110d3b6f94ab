"""How well the judgement does: rewrites against independent reports, levels of derivation, false alarms, direction.

No set is judged by coefficients fitted on it, unless a table says so. Intervals are 95 %, by bootstrap over source texts:
the versions of one article are drawn together. For comparison the tables show what other tools measure: containment of
5-grams, the Jaccard similarity that MinHash estimates, the cosine of TF-IDF.
"""

from __future__ import annotations

import os
import unicodedata
import zlib
from collections.abc import Callable, Container, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table
from sklearn.ensemble import VotingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import GroupKFold, LeaveOneGroupOut, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from benchmarks import data, fit_judge
from detector import comparing, engine, judge, minhash, tfidf
from detector.align import align
from detector.document import Document
from detector.model import DERIVATIVE, LIKELY, Article, Settings
from detector.text import analyse

FALSE_ALARMS = (0.01, 0.02)
LABELS = ("paraphrase", "rewrite", "polished", "polished-major", "simplified", "simplified-twice")
SHOWN = ("paraphrase (other)", "rewrite (other)", "open-ended")  # weak generators, or only the claim is kept: for the record
SAMPLES = 1000
FEW_ANSWERS = 30  # a share of fewer is chance, and sets no floor
BINS = 10  # of equal width, for the calibration error
UNALIKE = 0.1  # Jaccard below which a pair of the background is not a copy
RANDOM_PAIRS, NEAR_PAIRS = 100_000, 20_000
VERSIONS = 4  # of one article that are compared with one another
RUNS = (4, 8, 16)  # letters, whose containment grades copying; runs of one to five words get .75 on counter, these .78
STRENGTHS = (1.0, 3.0, 10.0, 30.0)  # of the regressions over levels, which vote: two tasks are too few to choose one by
DIVISIONS = 5  # of counter into tenths: macro-F1 differs by .01 and more between divisions
TOLD = 25  # false alarms of the background that are listed

Figures = dict[str, float]
console = Console(width=124, highlight=False)


def table(title: str, columns: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    """Print a table."""
    shown = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for at, column in enumerate(columns):
        shown.add_column(column, justify="right" if at else "left")
    for line in lines:
        shown.add_row(*line)
    console.print(shown)
    console.print()


# -------------------------------------------------------------------------------------------------------------- scores


def held_out(cases: Sequence[fit_judge.Case]) -> dict[str, np.ndarray]:
    """For each set, (n,) probabilities of all cases by models fitted without that set.

    The negatives of ``same-event`` are in every fit, since there are hardly any others; they are judged by folds of groups:
    for each set and fold, a model is fitted without either. A set's own cases get the mean over the folds.
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
            found = fit_judge.log_odds(model, cases)
            odds += np.where(names == "same-event", 0, found / len(folds))
            odds[fold] = found[fold]
        result[name] = np.array([judge.probability(each) for each in odds])
    return result


def baselines(folder: Path, cases: Sequence[fit_judge.Case]) -> dict[str, np.ndarray]:
    """(n,) for each baseline: containment of 5-grams, Jaccard estimated by MinHash, cosine of TF-IDF over the set."""
    settings = Settings()
    found = {"containment": np.zeros(len(cases)), "MinHash": np.zeros(len(cases)), "TF-IDF": np.zeros(len(cases))}
    for name in dict.fromkeys(case.pair.set for case in cases):
        texts, _ = data.load(folder, name)
        ids = sorted(texts)
        row = {each: at for at, each in enumerate(ids)}
        grams = [minhash.shingles(analyse(Article(id=each, text=texts[each])), settings.shingle_words) for each in ids]
        signatures = minhash.signatures([texts[each] for each in ids], settings)
        weights = tfidf.rows([texts[each] for each in ids])
        for at, case in enumerate(cases):
            if case.pair.set == name:
                i, j = row[case.pair.derived], row[case.pair.source]
                pair = minhash.scores(grams[i], grams[j], tfidf.cosine(weights, i, j))
                found["containment"][at] = max(pair.containment_a, pair.containment_b)
                found["MinHash"][at] = (signatures[i] == signatures[j]).mean()
                found["TF-IDF"][at] = pair.cosine
    return found


def auc(positive: np.ndarray, negative: np.ndarray) -> float:
    """The probability that a positive scores above a negative."""
    ordered = np.sort(negative)
    below = np.searchsorted(ordered, positive, side="left") + np.searchsorted(ordered, positive, side="right")
    return float(below.mean() / (2 * len(negative)))


def recall(positive: np.ndarray, negative: np.ndarray, rate: float) -> float:
    """Share of positives above the lowest threshold that at most ``rate`` of the negatives exceed."""
    bar = np.sort(negative)[::-1][int(rate * len(negative))]
    return float((positive > bar).mean())


def calibration_error(probability: np.ndarray, truth: np.ndarray) -> float:
    """Expected calibration error: mean gap between probability and frequency, over bins of equal width."""
    bins = np.minimum((probability * BINS).astype(int), BINS - 1)
    apart = [abs(float((probability[bins == each] - truth[bins == each]).sum())) for each in np.unique(bins)]
    return sum(apart) / len(probability)


def _resampled(groups: Sequence[str], random: np.random.Generator) -> np.ndarray:
    """Indices of a sample of whole groups, drawn with replacement."""
    _, member = np.unique(groups, return_inverse=True)
    counts = np.bincount(random.integers(0, member.max() + 1, member.max() + 1), minlength=member.max() + 1)
    return np.repeat(np.arange(len(member)), counts[member])


def interval(
    positive: np.ndarray, negative: np.ndarray, of_positive: Sequence[str], of_negative: Sequence[str], rate: float
) -> str:
    """95 % interval of :func:`recall`, by bootstrap over the groups of both sides."""
    random = np.random.default_rng(1)
    found = [
        recall(positive[_resampled(of_positive, random)], negative[_resampled(of_negative, random)], rate)
        for _ in range(SAMPLES)
    ]
    low, high = np.quantile(found, (0.025, 0.975))
    return f"{low:.2f}–{high:.2f}"


# ------------------------------------------------------------------------------------- rewrites and independent reports


def _verdicts(folder: Path) -> tuple[float, float]:
    """Shares of independent reports that the shipped program calls derived, and partial."""
    texts, pairs = data.load(folder, "same-event")
    told = [
        engine.compare(Article(id="a", text=texts[pair.derived]), Article(id="b", text=texts[pair.source])).verdict
        for pair in pairs
    ]
    return sum(each in DERIVATIVE for each in told) / len(told), told.count("partial") / len(told)


def measure_rewrites(folder: Path, cases: Sequence[fit_judge.Case]) -> Figures:
    """Recall at few false alarms against independent reports, for each kind, beside the baselines."""
    labels = np.array([fit_judge.kind(case.pair) for case in cases])
    groups = np.array([case.pair.group for case in cases])
    held = held_out(cases)
    others = baselines(folder, cases)
    independent = labels == "independent"
    figures: Figures = {}
    lines = []
    for label in (*LABELS, *SHOWN):
        here = labels == label
        own = held[next(case.pair.set for case, each in zip(cases, here, strict=True) if each)]
        best = recall(own[here], own[independent], FALSE_ALARMS[-1])
        area = auc(own[here], own[independent])
        likely = float((own[here] >= LIKELY).mean())
        if label in LABELS:
            figures |= {f"recall {label}": best, f"auc {label}": area, f"likely {label}": likely}
        line = [label, str(here.sum()), f"{area:.3f}", f"{likely:.3f}"]
        line += [f"{recall(own[here], own[independent], rate):.3f}" for rate in FALSE_ALARMS]
        line.append(interval(own[here], own[independent], groups[here], groups[independent], FALSE_ALARMS[-1]))
        for values in others.values():
            line += [f"{recall(values[here], values[independent], rate):.3f}" for rate in FALSE_ALARMS]
        lines.append(line)
    alarms = float((held["same-event"][independent] >= LIKELY).mean())
    short = float((held["same-event"][labels == "brief"] >= LIKELY).mean())
    accused, partial = _verdicts(folder)
    figures["independent reports spared"] = 1 - alarms
    figures["independent briefs spared"] = 1 - short
    figures["own stories of counter spared"] = 1 - float((held["counter"][labels == "ND"] >= LIKELY).mean())
    figures["independent reports spared by verdict"] = 1 - accused
    counted = np.array([each in (*LABELS, "independent", "WD", "ND") for each in labels])
    own = np.array([held[case.pair.set][at] for at, case in enumerate(cases)])[counted]
    known = np.array([bool(case.truth) for case in cases])[counted]
    error = calibration_error(own, known)
    figures["calibration"] = 1 - error
    table(
        "Rewrites against independent reports of one event: recall at 1 % and 2 % false alarms, each set left out. "
        f"At p ≥ {LIKELY} false alarms {alarms:.3f} ({short:.3f} where one report is cut short); by verdict, with the "
        f"shipped coefficients, {accused:.3f} ({partial:.3f} partial). Expected calibration error {error:.3f}.",
        ["", "pairs", "AUC", f"p≥{LIKELY}", "1 %", "2 %", "95 %", "cont.", "2 %", "MinH.", "2 %", "tfidf", "2 %"],
        lines,
    )
    return figures


# -------------------------------------------------------------------------------------------------- levels of derivation


def common_subsequence(a: Sequence[object], b: Sequence[object]) -> int:
    """Length of the longest common subsequence, computed with a row in one integer (Hyyrö 2004)."""
    places: dict[object, int] = {}
    for at, each in enumerate(a):
        places[each] = places.get(each, 0) | 1 << at
    full = row = (1 << len(a)) - 1
    for each in b:
        equal = row & places.get(each, 0)
        row = (row + equal | row - equal) & full
    return len(a) - row.bit_count()


def _letters(document: Document) -> str:
    """The letters and digits of a text's body, concatenated, since spacing and punctuation of Urdu vary by writer."""
    ranges = zip(document.start[document.body].tolist(), document.end[document.body].tolist(), strict=True)
    spelt = "".join(document.article.text[start:end] for start, end in ranges)
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", spelt).casefold()))


def _runs(letters: str, size: int) -> set[str]:
    return {letters[at : at + size] for at in range(len(letters) - size + 1)}


def _copying(a: Document, b: Document) -> list[float]:
    """How closely ``a`` follows ``b``: runs of letters each way, words in order, kinds of spans, the thread."""
    own, other = _letters(a), _letters(b)
    grams = [(_runs(own, size), _runs(other, size)) for size in RUNS]
    shares = [len(mine & theirs) / max(len(mine), 1) for mine, theirs in grams]
    shares.append(len(grams[0][0] & grams[0][1]) / max(len(grams[0][1]), 1))
    words, others = a.stems[a.body].tolist(), b.stems[b.body].tolist()
    shares.append(common_subsequence(words, others) / max(len(words), 1))
    found = align(a, b)
    for kind in ("verbatim", "edited", "paraphrased"):
        length = sum(each.a_end - each.a_start for each in found.spans if each.kind == kind)
        shares.append(length / max(len(a.article.text), 1))
    return [*shares, found.thread_a]


def _inputs(folder: Path, name: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(n, inputs) of :func:`_copying` for a set's pairs; their labels; their groups."""
    texts, pairs = data.load(folder, name)
    documents = {each: analyse(Article(id=each, text=text)) for each, text in texts.items()}
    rows = [_copying(documents[pair.derived], documents[pair.source]) for pair in pairs]
    return np.array(rows), np.array([pair.label for pair in pairs]), np.array([pair.group for pair in pairs])


def _graded(
    x: np.ndarray, labels: np.ndarray, groups: np.ndarray, divisions: Sequence[Any], score: Callable[..., float]
) -> float:
    """The score of cross-validated predictions, averaged over the divisions into folds."""
    strengths = [(str(each), LogisticRegression(C=each, max_iter=5000)) for each in STRENGTHS]
    model = make_pipeline(StandardScaler(), VotingClassifier(strengths, voting="soft"))
    told = [cross_val_predict(model, x, labels, groups=groups, cv=each) for each in divisions]
    return float(np.mean([score(labels, each) for each in told]))


def measure_levels(folder: Path) -> Figures:
    """How much was taken, by plain regressions: four levels of students' answers, three of newspaper stories."""
    x, labels, groups = _inputs(folder, "clough-stevenson")
    tasks = [LeaveOneGroupOut()]
    figures = {
        "levels clough-stevenson": _graded(x, labels, groups, tasks, accuracy_score),
        "binary clough-stevenson": _graded(x, labels != "non", groups, tasks, accuracy_score),
    }
    x, labels, groups = _inputs(folder, "counter")
    tenths = [GroupKFold(10, shuffle=True, random_state=each) for each in range(DIVISIONS)]
    figures |= {
        "levels counter": _graded(x, labels, groups, tenths, partial(f1_score, average="macro")),
        "binary counter": _graded(x, labels != "ND", groups, tenths, f1_score),
    }
    table(
        "How much was taken, by plain regressions: accuracy, a task left out; F1 on counter, a tenth, the mean of "
        f"{DIVISIONS} divisions",
        ["", "levels", "derived or not"],
        [
            [name, f"{figures[f'levels {name}']:.3f}", f"{figures[f'binary {name}']:.3f}"]
            for name in ("clough-stevenson", "counter")
        ],
    )
    return figures


# ---------------------------------------------------------------------------------------------------------- background

_documents: list[Document] = []  # read by the forked workers of the background


def _analysed(text: str) -> Document:
    return analyse(Article(id="", text=text))


def _judged(pair: tuple[int, int]) -> tuple[float, str, float]:
    """Jaccard, verdict and probability of a pair of the background."""
    match = comparing.match(_documents[pair[0]], _documents[pair[1]], 0.0, Settings(), brief=True)
    return match.jaccard, match.verdict, match.probability


def _drawn(pairs: Any) -> Any:
    """A pseudo-random order of (p, 2) pairs by their own hashes: a few pairs more or less hardly change the sample."""
    return np.argsort([zlib.crc32(b"%d %d" % (i, j)) for i, j in pairs.tolist()], kind="stable")


def measure_background(folder: Path, share: float = 1.0) -> Figures:
    """False alarms among stories that, as far as Jaccard can tell, are unrelated.

    A ``share`` of the pairs is examined. True rewrites hide among the neighbours; the list is for people to judge.
    """
    texts = data.background(folder, "bbc") + data.background(folder, "reuters")
    random = np.random.default_rng(1)
    near = tfidf.candidates(tfidf.rows(texts), Settings(neighbours=4))
    chosen = {
        "random": random.integers(0, len(texts), (int(share * RANDOM_PAIRS), 2)),
        "neighbours": near[_drawn(near)[: int(share * NEAR_PAIRS)]],
    }
    needed = sorted({int(each) for pairs in chosen.values() for each in pairs.ravel()})
    place = {row: at for at, row in enumerate(needed)}
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        _documents[:] = pool.map(_analysed, (texts[row] for row in needed), chunksize=64)
    figures: Figures = {}
    lines = []
    left = []
    for name, pairs in chosen.items():
        jobs = [(place[i], place[j]) for i, j in pairs.tolist() if texts[i] != texts[j]]
        with ProcessPoolExecutor(os.cpu_count()) as pool:
            found = [
                (job, verdict, likely)
                for job, (jaccard, verdict, likely) in zip(jobs, pool.map(_judged, jobs, chunksize=256), strict=True)
                if jaccard < UNALIKE
            ]
        likely = [each for each in found if each[2] >= LIKELY]
        accused = [each for each in found if each[1] in DERIVATIVE]
        figures[f"background spared {name}"] = 1 - len(accused) / len(found)
        lines.append([name, str(len(found)), str(len(likely)), str(len(accused)), f"{len(accused) / len(found):.5f}"])
        left += sorted(accused, key=lambda each: -each[2])
    table(
        f"False alarms in the background, pairs of a Jaccard under {UNALIKE}",
        ["", "pairs", f"p ≥ {LIKELY}", "by verdict", "share"],
        lines,
    )
    for (i, j), verdict, likely in left[:TOLD]:
        one, two = (" ".join(_documents[at].article.text.split())[:50] for at in (i, j))
        console.print(f"{likely:.2f} {verdict:10} {one} | {two}", markup=False)
    console.print()
    return figures


# ----------------------------------------------------------------------------------------------------------- direction


def measure_direction(folder: Path, cases: Sequence[fit_judge.Case]) -> Figures:
    """Who took from whom, from the text alone; each set is judged by coefficients fitted on the others.

    Also measured with two quotations of its own added to each derived text.
    """
    known = fit_judge.direction_cases(cases, (*fit_judge.DIRECTION_SETS, "counter"))
    figures: Figures = {}
    lines = []
    for added, asked in (("", known), (", quotations added", fit_judge.with_quotations(folder))):
        for name in dict.fromkeys(case.pair.set for case in asked):
            model = fit_judge.fit_direction(
                [case for case in known if case.pair.set != name and case.pair.set in fit_judge.DIRECTION_SETS]
            )
            odds = np.array(
                [
                    judge.leaning(model, case.measures)[0] + judge.CREDIT_LOG_ODDS * case.credit
                    for case in asked
                    if case.pair.set == name
                ]
            )
            answered = odds[[judge.probability(abs(value)) >= judge.SURE for value in odds]]
            right = float((answered > 0).mean()) if len(answered) else 0.0
            if len(answered) >= FEW_ANSWERS:
                figures[f"direction right {name}{added}"] = right
                figures[f"direction answered {name}{added}"] = len(answered) / len(odds)
            dated = float((odds + judge.DATE_LOG_ODDS > 0).mean())
            shares = ((odds > 0).mean(), len(answered) / len(odds), right, dated)
            lines.append([name + added, str(len(odds)), *(f"{each:.3f}" for each in shares)])
    table(
        f"Direction from text alone, answered at {judge.SURE:.0%} confidence",
        ["", "pairs", "right if forced", "answered", "right where answered", "right with dates"],
        lines,
    )
    return figures


# ------------------------------------------------------------------------------------------------------------ siblings


def _versions(folder: Path, name: str, labels: Container[str]) -> list[list[str]]:
    """For each article with two or more versions, its text and up to ``VERSIONS`` of them."""
    texts, pairs = data.load(folder, name)
    found: dict[str, list[str]] = {}
    for pair in pairs:
        if pair.label in labels:
            found.setdefault(pair.source, [texts[pair.source]]).append(texts[pair.derived])
    return [versions[: 1 + VERSIONS] for versions in found.values() if len(versions) > 2]


def measure_siblings(folder: Path) -> Figures:
    """Whether one version of an article is called derived from another, in a scan of all versions with the articles.

    Rewrites by models are each made from the article, so none should be accused. Of the reading levels of ``onestop``, the
    easier one was made from the easy one, as words show that both have and the article lacks.
    """
    figures: Figures = {}
    lines = []
    for name, labels in (("ai-rewrites", ("paraphrase", "rewrite")), ("onestop", ("simplified", "simplified-twice"))):
        versions = _versions(folder, name, labels)
        for dated in (False, True):
            ties = [
                match
                for texts in versions
                for match in engine.scan(
                    Article(id=str(at), text=text, published=f"2020-01-0{at + 1}" if dated else None)
                    for at, text in enumerate(texts)
                ).matches
                if "0" not in (match.a, match.b) and match.verdict in (*DERIVATIVE, "common-source")
            ]
            accused = sum(match.direction is not None for match in ties) / len(ties)
            if name == "ai-rewrites":
                figures[f"siblings spared{' with dates' * dated}"] = 1 - accused
            common = sum(match.verdict == "common-source" for match in ties) / len(ties)
            lines.append([name, "given" if dated else "hidden", str(len(ties)), f"{common:.3f}", f"{accused:.3f}"])
    table(
        "Two versions of one article, which is there too",
        ["", "dates", "pairs", "told as of one source", "one said to be made from the other"],
        lines,
    )
    return figures


# ------------------------------------------------------------------------------------------- made from several sources


def _sentences(text: str) -> list[str]:
    document = _analysed(text)
    begins = document.start[document.sentences[:, 0]].tolist()
    return [text[begin:end].strip() for begin, end in pairwise([*begins, len(text)])]


def _merged(one: str, other: str) -> dict[str, str]:
    """A text put together from two, in each of three ways."""
    a, b = _sentences(one), _sentences(other)
    thirds = [[each[at * len(each) // 3 : (at + 1) * len(each) // 3] for each in (a, b)] for at in range(3)]
    paragraphs = {
        "whole": [a, b],
        "first halves": [each[: len(each) // 2 + 1] for each in (a, b)],
        "woven": [part for both in thirds for part in both],
    }
    return {way: "\n\n".join(" ".join(each) for each in parts if each) for way, parts in paragraphs.items()}


def _found(job: tuple[str, str]) -> bool:
    one, two = (analyse(Article(id=name, text=text)) for name, text in zip("ab", job, strict=True))
    return comparing.match(one, two, 0.0, Settings(), brief=True).verdict in DERIVATIVE


def measure_merged(folder: Path) -> Figures:
    """Whether a text put together from a derived text and another of its set is told as derived from the one's source.

    With the shipped coefficients. Two reports put together, one of them independent of the report that they are compared
    with, show false alarms.
    """
    figures: Figures = {}
    lines = []
    citing = fit_judge.citing(folder)
    for name in ("ai-rewrites", "onestop", "same-event"):
        texts, pairs = data.load(folder, name)
        for label in (*LABELS, "independent"):
            own = [pair for pair in pairs if fit_judge.kind(pair) == label and pair.group not in citing]
            jobs: dict[str, list[tuple[str, str]]] = {}
            for at, pair in enumerate(own):
                other = next(each for each in own[at + 1 :] + own if each.group != pair.group)
                for way, text in _merged(texts[pair.derived], texts[other.derived]).items():
                    jobs.setdefault(way, []).append((text, texts[pair.source]))
            if not jobs:
                continue
            with ProcessPoolExecutor(os.cpu_count()) as pool:
                shares = {way: float(np.mean(list(pool.map(_found, each, chunksize=16)))) for way, each in jobs.items()}
            if label == "independent":
                figures |= {f"merged independent spared, {way}": 1 - share for way, share in shares.items()}
            else:
                figures |= {f"merged {label}, {way}": share for way, share in shares.items()}
            lines.append([label, str(len(own)), *(f"{share:.3f}" for share in shares.values())])
    table(
        "A text put together from two of a set, told as derived from the source of one",
        ["", "texts", "one after the other", "first halves", "woven in thirds"],
        lines,
    )
    return figures


def measure_judgement(folder: Path, share: float = 1.0) -> Figures:
    """Print every table; the background's for only a ``share`` of its pairs."""
    cases = fit_judge.everything(folder)
    steps: tuple[Callable[[], Figures], ...] = (
        lambda: measure_rewrites(folder, cases),
        lambda: measure_levels(folder),
        lambda: measure_direction(folder, cases),
        lambda: measure_siblings(folder),
        lambda: measure_merged(folder),
        lambda: measure_background(folder, share),
    )
    return {name: value for step in steps for name, value in step().items()}
