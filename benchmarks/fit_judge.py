"""Fit the regressions of ``detector/judge.py`` and write ``detector/judge.json``.

    python -m benchmarks.fit_judge --data ../shared/data

Three plain logistic regressions (scikit-learn) over the measures of ``detector/judging/measures.py``:

- ``derivation``: rewrites, polished and simplified versions and near copies, each read in the direction it was made, against
  independent reports of one event, read both ways;
- ``event``: independent reports of one event against neighbours that report another;
- ``direction``: differences of the measures, each pair both ways round, no intercept.

Every set has the same weight whatever its size, groups stay together in cross-validation, and the derivation intercept is
moved so that in cross-validation at most ``FALSE_ALARMS`` of the independent reports, whole or one of them cut to a brief,
reach probability .5: such pairs are far more common in a folder of real news than in these sets.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import zlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # so that it also runs as a script

from benchmarks import data
from detector import judge
from detector.align import align
from detector.document import Document
from detector.judging import measures
from detector.judging.evidence import citation, uncredited
from detector.model import Article, Settings
from detector.text import analyse
from detector.tfidf import candidates, rows

TARGET = Path(judge.__file__).with_name("judge.json")
FALSE_ALARMS = 0.02
# Fit against penalty (scikit-learn's C). With rewrites left out of the fit, their recall at 2 % false alarms is .93, .96,
# .97, .99 and .99 with .1, .03, .01, .003 and .001: the less a weight leans on the others, the better it carries over.
STRENGTH = 0.001
EVENT_STRENGTH = 0.01
DIRECTION_STRENGTH = 1.0
FOLDS = 5

# "name" is measured on the text that would be derived, "name-back" on the one that would be its source. Whether a source
# quotes more or less is its own style, so own quotations count only against being derived; that it holds names which the
# derived text drops says more about length than about derivation. The order of first mentions tells rewrites from briefs,
# but not from whole reports, where it is the order of events: it is reported, but weighed only together with how many are
# kept (the sequence), since then most of a text's names must be there. With rewrites left out of the fit, recall of
# paraphrases and rewrites at 2 % false alarms is .99 and .99 with these inputs, .99 and .97 without the sequence; at p = .6
# it is .93 and .86 instead of .88 and .84. With the density of new facts, and without how much of a sentence two of the
# other text hold (inside), which asks for the same words as the thread, it is .96 and .97: a reporter adds new names and
# numbers, someone who changes the tone does not.
DERIVATION = ("thread", "thread-back", "facts", "numbers", "novel", "sequence", "together", "quotations")
EVENT = ("inside+", "inside-", "facts+", "facts-", "order+")
# What only one text says counts for neither: with all names and numbers, and the share of speech that the other text lacks,
# as inputs, .70 of the answers are right if a rewrite gets two quotations of its own, as newsrooms add them; with these
# inputs, .97.
DIRECTION = ("detail", "detail-together", "speech")

# Direction from text is fitted on sets where names can be seen; the script of ``counter`` has no capitals, and a newspaper
# there adds as much to the agency's story as it leaves out.
DIRECTION_SETS = ("onestop", "ai-rewrites")

# Lengths of independent reports that are cut short. A rewrite is usually the shorter text, and without short negatives the
# fit would take brevity, with the larger share that it always has, for derivation. Nor would it learn from the rewrites as
# they are, each of a whole article, that a rewrite may leave out most of a long article: so some are abridged, and some are
# paired with a lengthened source. Of neighbours in the background, .024 are called derived instead of .030 before.
BRIEF_WORDS = (120, 250)

# Log-odds per e-fold of the shorter text's words (``amount``). This is not fitted on rewrites, whose length is a habit of
# their set, but read off independent reports: what the top 2 % of those of a given length reach falls by 2.9 per e-fold,
# since another report easily contains all of a brief of a hundred words but not all of a whole story. A third of that is
# used, only within ``AMOUNT_RANGE`` and where names are seen: whole reports must stay far from the threshold that briefs
# set, and of Urdu papers' own stories .10 would be called derived instead of .03. At p = .6, rewrites left out, with 0, 1
# and 2: paraphrases .96, .96, .96, rewrites .94, .96, .97, those with their sentences in another order .83, .86, .88, every
# other sentence of them .89, .91, .90, open-ended ones .21, .26, .35; briefs, except for events of which one report cites
# another's outlet, .018, .018, .012, and the likeliest whole report has p = .14, .22 and .37.
AMOUNT = 1.0

NOT_NEWS = ("clough-stevenson",)  # students' answers, whose few names are the question's: measured, not fitted on
MADE = ("neighbour", "brief", "part")  # made here from the pairs of a set: labels of their own
SETS = ("ai-rewrites", "ai-polished", "onestop", "clough-stevenson", "counter", "same-event")


@dataclass(frozen=True, slots=True)
class Case:
    """One measured pair, on the scales of the regressions; ``derived`` is the first side.

    ``truth`` is None if the label leaves it open. ``doubtful`` cases are measured, but not fitted on. ``credit``: 1 if only
    the source credits an agency, -1 if only the derived text does.
    """

    pair: data.Pair
    measures: measures.Measures
    truth: bool | None
    doubtful: bool = False
    credit: int = 0


def kind(pair: data.Pair) -> str:
    """The label that figures are reported for: generators and polishing strengths merged."""
    if pair.set == "ai-rewrites":
        return pair.label + ("" if pair.generator.startswith("chatgpt") else " (other)")
    if pair.set == "ai-polished":
        return "polished-major" if pair.label in ("polish-major", "polish-75") else "polished"
    return pair.label


def truth(pair: data.Pair) -> bool | None:
    """Whether the pair is one of derivation; None, and not fitted on, for weak generators and partly derived stories."""
    if pair.set == "ai-rewrites":
        return True if kind(pair) in ("paraphrase", "rewrite") else None
    if pair.label in ("independent", "non", "ND"):
        return False
    return None if pair.label == "PD" else True


_Job = tuple[data.Pair, bool | None, Document, Document]


def _case(job: _Job) -> Case:
    pair, known, a, b = job
    found = align(a, b)
    seen = measures.weighed(measures.measure(a, b, found)[0] | measures.matched(a, b, found)[0])
    return Case(pair, seen, known, credit=bool(uncredited(a, b)) - bool(uncredited(b, a)))


def _analysed(item: tuple[str, str]) -> Document:
    return analyse(Article(id=item[0], text=item[1]))


def _brief(document: Document, words: int) -> Document | None:
    """The whole sentences within a document's first ``words`` words; None if there are none, or if that is all of it."""
    ends = [end for _, end in document.sentences if end <= words]
    if not ends or ends[-1] == document.sentences[-1, 1]:
        return None
    text = document.article.text[: document.end[ends[-1] - 1] + 1]
    return analyse(Article(id=document.article.id, text=text))


def _briefs(pairs: Sequence[data.Pair], documents: Mapping[str, Document]) -> list[_Job]:
    """Independent reports of one event, one of them cut short."""
    return [
        (replace(pair, label="brief"), False, cut, documents[full])
        for pair in pairs
        for words in BRIEF_WORDS
        for short, full in ((pair.derived, pair.source), (pair.source, pair.derived))
        if (cut := _brief(documents[short], words))
    ]


def _abridged(pairs: Sequence[data.Pair], documents: Mapping[str, Document]) -> list[_Job]:
    """Derived texts reduced to every other sentence, with their whole source."""
    jobs: list[_Job] = []
    for pair in pairs:
        whole = documents[pair.derived]
        text, begins = whole.article.text, whole.start[whole.sentences[:, 0]].tolist()
        kept = [text[begin:end] for begin, end in pairwise([*begins, len(text)])][::2]
        rest = analyse(Article(id=pair.derived, text="".join(kept)))
        jobs.append((replace(pair, label="part"), True, rest, documents[pair.source]))
    return jobs


def _lengthened(pairs: Sequence[data.Pair], documents: Mapping[str, Document]) -> list[_Job]:
    """Derived texts with their source lengthened by another article, from which they have nothing."""
    group = {pair.source: pair.group for pair in pairs}
    ids = sorted(group)
    longer = {}
    for at, each in enumerate(ids):
        other = next(other for other in ids[at + 1 :] + ids if group[other] != group[each])
        texts = documents[each].article.text, documents[other].article.text
        longer[each] = analyse(Article(id=each, text="\n\n".join(texts)))
    return [(replace(pair, label="part"), True, documents[pair.derived], longer[pair.source]) for pair in pairs]


def citing(folder: Path) -> set[str]:
    """Events of which one report credits something to the other's outlet, so that the reports are not independent."""
    texts, pairs = data.load(folder, "same-event")
    outlets = data.outlets(folder, "same-event")
    documents = {each: analyse(Article(id=each, text=text, source=outlets[each])) for each, text in texts.items()}
    both = ((pair.group, documents[pair.derived], documents[pair.source]) for pair in pairs)
    return {group for group, a, b in both if citation(a, b) or citation(b, a)}


def _neighbours(pairs: Sequence[data.Pair], documents: Mapping[str, Document]) -> list[_Job]:
    """Articles of ``same-event`` with nearest neighbours that report another event: neither derived nor one event."""
    group = {each: pair.group for pair in pairs for each in (pair.derived, pair.source)}
    ids = sorted(documents)
    near = candidates(rows([documents[each].article.text for each in ids]), Settings(neighbours=4)).tolist()
    apart = [(ids[i], ids[j]) for i, j in near if group[ids[i]] != group[ids[j]]]
    return [
        (data.Pair("same-event", "neighbour", group[one], "", one, two, ()), False, documents[one], documents[two])
        for one, two in apart
    ]


def everything(folder: Path) -> list[Case]:
    """Every pair of every set with its measures, and the ``MADE`` pairs."""
    jobs: list[_Job] = []
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for name in SETS:
            texts, pairs = data.load(folder, name)
            documents = dict(zip(texts, pool.map(_analysed, texts.items(), chunksize=32), strict=True))
            jobs += [(pair, truth(pair), documents[pair.derived], documents[pair.source]) for pair in pairs]
            if name in DIRECTION_SETS:
                made = [pair for pair in pairs if truth(pair)]
                jobs += _abridged(made, documents) + _lengthened(made, documents)
            if name == "same-event":
                jobs += _briefs(pairs, documents) + _neighbours(pairs, documents)
        cases = list(pool.map(_case, jobs, chunksize=32))
    doubtful = citing(folder)
    return [replace(case, doubtful=case.pair.group in doubtful) for case in cases]


_BETWEEN = re.compile(r"(?<=[.”\"])\s+(?=[A-Z“\"])")
_SPEECH = re.compile(r"[“\"][^”\"]{30,250}[”\"]")
_SAID = re.compile(r"\b(?:said|told)\b")
LONGEST_SAID = 400  # characters


def with_quotations(folder: Path) -> list[Case]:
    """The pairs whose direction is known, with two quotations of its own appended to each derived text.

    The quotations are sentences of ``same-event``, drawn by the derived text's id.
    """
    reports, _ = data.load(folder, "same-event")
    sentences = [each for text in reports.values() for each in _BETWEEN.split(text) if len(each) < LONGEST_SAID]
    said = [each for each in sentences if _SPEECH.search(each) and _SAID.search(each)]
    jobs: list[_Job] = []
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for name in DIRECTION_SETS:
            texts, pairs = data.load(folder, name)
            pairs = [pair for pair in pairs if truth(pair)]
            for pair in pairs:
                drawn = zlib.crc32(pair.derived.encode())
                added = said[drawn % len(said)], said[drawn // len(said) % len(said)]
                texts[pair.derived] = "\n\n".join((texts[pair.derived].rstrip(), *added))
            documents = dict(zip(texts, pool.map(_analysed, texts.items(), chunksize=32), strict=True))
            jobs += [(pair, True, documents[pair.derived], documents[pair.source]) for pair in pairs]
        return list(pool.map(_case, jobs, chunksize=32))


_Inputs = Callable[[measures.Measures], dict[str, float | None]]


def table(cases: Sequence[Case], names: Sequence[str], inputs: _Inputs) -> np.ndarray:
    """(n, inputs) float64; NaN where a text does not show a measure."""
    seen = [inputs(case.measures) for case in cases]
    return np.array([[np.nan if row[name] is None else row[name] for name in names] for row in seen], np.float64)


def weights(cases: Sequence[Case], positive: np.ndarray) -> np.ndarray:
    """(n,) weights that balance the sets within each class, and the two classes."""
    made = [case.pair.label if case.pair.label in MADE else "" for case in cases]
    keys = [f"{case.pair.set}/{each}/{flag}" for case, each, flag in zip(cases, made, positive, strict=True)]
    of_key = {key: 1 / keys.count(key) for key in set(keys)}
    result = np.array([of_key[key] for key in keys])
    for flag in (True, False):
        result[positive == flag] /= result[positive == flag].sum()
    return result * len(cases) / 2


def fit(
    x: np.ndarray, y: np.ndarray, weight: np.ndarray, names: Sequence[str], *, strength: float, intercept: bool = True
) -> judge.LinearModel:
    """A logistic regression on standardised inputs; a missing input takes the mean."""
    mean = np.average(np.ma.masked_invalid(x), axis=0, weights=weight).filled(0) if intercept else np.zeros(x.shape[1])
    filled = np.where(np.isnan(x), mean, x)
    scale = np.sqrt(np.average((filled - mean) ** 2, axis=0, weights=weight)) + 1e-9
    model = LogisticRegression(C=strength, fit_intercept=intercept, max_iter=5000, tol=1e-8)
    model.fit((filled - mean) / scale, y, sample_weight=weight)
    coefficients = zip(mean, scale, model.coef_[0], strict=True)
    inputs = {name: tuple(round(float(v), 6) for v in row) for name, row in zip(names, coefficients, strict=True)}
    return judge.LinearModel(round(float(model.intercept_[0]) if intercept else 0.0, 6), inputs)


def _learnt_from(case: Case) -> Case:
    """Drop a case's facts if neither text shows a name: numbers alone say less and would lower the weight of names."""
    if case.measures["names"] != (None, None):
        return case
    return replace(case, measures=case.measures | dict.fromkeys(("facts", "sequence", "together"), (None, None)))


def fit_derivation(cases: Sequence[Case], names: Sequence[str] = DERIVATION) -> judge.LinearModel:
    """The regression of one reading: derived texts read from their source, the others read both ways."""
    positive = np.array([bool(case.truth) for case in cases])
    weight = weights(cases, positive)
    others = [case for case in cases if not case.truth]
    forth = table(cases, names, lambda seen: measures.reading(seen, 0))
    back = table(others, names, lambda seen: measures.reading(seen, 1))
    y = np.concatenate([positive, np.zeros(len(others), bool)])
    halves = np.concatenate([np.where(positive, weight, weight / 2), weight[~positive] / 2])
    return fit(np.concatenate([forth, back]), y, halves, names, strength=STRENGTH)


def fit_direction(cases: Sequence[Case]) -> judge.LinearModel:
    """The direction model, fitted on each pair both ways round."""
    x = np.nan_to_num(table(cases, DIRECTION, measures.differences))
    weight = weights(cases, np.ones(len(cases), bool))
    y = np.repeat([True, False], len(cases))
    both = np.concatenate([x, -x]), y, np.concatenate([weight, weight])
    return fit(*both, DIRECTION, strength=DIRECTION_STRENGTH, intercept=False)


def log_odds(model: judge.LinearModel, cases: Sequence[Case]) -> np.ndarray:
    """(n,) log-odds of derivation, each pair read both ways."""
    return np.array([judge.derivation(model, case.measures)[0] for case in cases])


def known(cases: Sequence[Case]) -> list[Case]:
    """The cases that derivation is fitted on: those whose label decides."""
    return [
        case
        for case in cases
        if case.truth is not None
        and case.pair.label != "neighbour"
        and case.pair.set not in NOT_NEWS
        and not case.doubtful
    ]


def derivation_model(cases: Sequence[Case], names: Sequence[str] = DERIVATION) -> judge.LinearModel:
    """The derivation model as shipped: calibrated in cross-validation, with the intercept set by the false alarms there.

    The strong penalty makes the log-odds too small, so another logistic regression stretches them (Platt 1999). That is
    fitted on texts as found: with the parts made from them it stretches too little. ``AMOUNT`` is added on top.
    """
    cases = [_learnt_from(case) for case in known(cases)]
    positive = np.array([bool(case.truth) for case in cases])
    held = np.full(len(cases), np.nan)
    for train, test in GroupKFold(FOLDS).split(held, groups=[case.pair.group for case in cases]):
        held[test] = log_odds(fit_derivation([cases[at] for at in train], names), [cases[at] for at in test])
    labels = np.array([case.pair.label for case in cases])
    found = labels != "part"
    weight = weights([case for case in cases if case.pair.label != "part"], positive[found])
    stretch = LogisticRegression(C=1e6).fit(held[found, None], positive[found], sample_weight=weight).coef_[0, 0]
    whole = stretch * held + AMOUNT * np.array([case.measures["amount"][0] or 0.0 for case in cases])
    bar = max(float(np.quantile(whole[labels == label], 1 - FALSE_ALARMS)) for label in ("independent", "brief"))
    model = fit_derivation(cases, names)
    inputs = {name: (mean, scale, round(float(weight * stretch), 6)) for name, (mean, scale, weight) in model.inputs.items()}
    inputs["amount"] = (0.0, 1.0, AMOUNT)
    return judge.LinearModel(round(float(stretch * model.intercept - bar), 6), inputs)


def direction_cases(cases: Sequence[Case], sets: Sequence[str] = DIRECTION_SETS) -> list[Case]:
    """Pairs whose direction is known and whose capitals are intact."""
    known = (case for case in cases if case.pair.set in sets and case.pair.label not in MADE)
    return [case for case in known if case.truth or case.pair.label == "PD"]


def event_model(cases: Sequence[Case]) -> judge.LinearModel:
    """The event model: independent reports of one event against neighbours that report another."""
    chosen = [case for case in cases if case.pair.label in ("independent", "neighbour")]
    positive = np.array([case.pair.label == "independent" for case in chosen])
    x = table(chosen, EVENT, measures.extremes)
    return fit(x, positive, weights(chosen, positive), EVENT, strength=EVENT_STRENGTH)


def main() -> None:
    """Fit the models, write and print them."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, default=data.DEFAULT)
    folder = parser.parse_args().data
    cases = everything(folder)
    models = {
        "derivation": derivation_model(cases),
        "event": event_model(cases),
        "direction": fit_direction(direction_cases(cases)),
    }
    stored: dict[str, object] = {
        name: {
            "intercept": model.intercept,
            "inputs": {
                each: dict(zip(("mean", "scale", "weight"), row, strict=True)) for each, row in model.inputs.items()
            },
        }
        for name, model in models.items()
    }
    stored["data"] = {name: data.digest(folder, name) for name in SETS}
    scratch = TARGET.with_suffix(".tmp")
    scratch.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    scratch.replace(TARGET)
    for name, model in models.items():
        print(name, model.intercept, {each: weight for each, (_, _, weight) in model.inputs.items()})


if __name__ == "__main__":
    main()
