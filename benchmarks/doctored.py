"""Figures and names put for others in derived texts: how many of them the report tells, and how often it tells of others.

In each derived text one number, one small number in words, one word that has an opposite and one name, all of which the
source has, too, are exchanged, and two names of one sentence change places, each in a copy of its own, the same in every
run. What is told of the texts as they are is
wrong as a rule, for who rephrases a story for readers or for a test seldom changes its facts; some are slips.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import combinations
from pathlib import Path

from benchmarks import data, fit_judge
from benchmarks.judgement import Figures, table
from detector import Article, compare

MOST = 200
"""Pairs of each kind."""
FEW = 20
"""Exchanges under which their share is no figure."""
KINDS = ("paraphrase", "rewrite", "polished", "simplified", "simplified-twice")
WORDS = "two three four five six seven eight nine ten".split()  # noqa: SIM905
OPPOSITES = {
    **{"rose": "fell", "rise": "fall", "more": "less", "before": "after", "first": "last", "won": "lost", "higher": "lower"},
    **{"increase": "decrease", "men": "women", "accepted": "rejected", "above": "below", "largest": "smallest"},
}
OPPOSITES |= {other: one for one, other in OPPOSITES.items()}
PATTERNS = {
    "numbers": re.compile(r"(?<![\w.,:/$£€–-])[1-9]\d{1,2}(?![\w.,:/–-])"),
    "in words": re.compile(rf"\b(?:{'|'.join(WORDS)})\b(?= [a-z]{{4}})"),
    "opposites": re.compile(rf"\b(?:{'|'.join(OPPOSITES)})\b"),
    "names": re.compile(r"(?<=[a-z] )[A-Z][a-z]{5,}(?=\W)"),
}
KINDS_OF_CHANGE = (*PATTERNS, "places")


def exchanged(what: str, found: str, chance: random.Random) -> str:
    """Another number, the word's opposite, or the name with one letter in its middle exchanged."""
    if what == "opposites":
        return OPPOSITES[found]
    if what == "numbers":
        return str(int(found) + chance.choice((3, 11, 20)))
    if what == "in words":
        return chance.choice([each for each in WORDS if each != found])
    at = len(found) // 2
    return found[:at] + chance.choice([each for each in "bdfgklmnprstv" if each != found[at]]) + found[at + 1 :]


def doctored(source: str, derived: str, chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """What was exchanged, what stands there now, and the text; nothing for what the two do not share once."""
    for what, pattern in PATTERNS.items():
        once = [
            each
            for each in dict.fromkeys(pattern.findall(derived))
            if all(len(re.findall(rf"\b{each}\b", text)) == 1 for text in (source, derived))
        ]
        if once:
            chosen = chance.choice(once)
            now = exchanged(what, chosen, chance)
            yield what, now, re.sub(rf"\b{chosen}\b", now, derived)
    sentences = re.finditer(r"[^.!?\n]+", derived)
    pairs = [pair for each in sentences for pair in combinations(dict.fromkeys(PATTERNS["names"].findall(each[0])), 2)]
    pairs = [pair for pair in pairs if _apart(pair, source) and _apart(pair, derived)]
    if pairs:
        one, other = chance.choice(pairs)
        yield "places", other, re.sub(rf"\b(?:{one}|{other})\b", lambda each: other if each[0] == one else one, derived)


def _apart(names: tuple[str, str], text: str) -> bool:
    """Whether a text has each of two names once, with a word of four letters or more between them."""
    if any(len(re.findall(rf"\b{each}\b", text)) != 1 for each in names):
        return False
    first, last = sorted(re.search(rf"\b{each}\b", text).span() for each in names)  # type: ignore[union-attr]
    return re.search(r"\b[a-z]{4}", text[first[1] : last[0]]) is not None


def _told(job: tuple[str, str]) -> tuple[list[tuple[str, bool]], int]:
    """What was exchanged, each with whether it is told; and the changes told of the texts as they are."""
    source, derived = job
    results = []
    for what, now, text in doctored(source, derived, random.Random(derived)):
        facts = compare(Article(id="a", text=source), Article(id="b", text=text)).facts
        told = any(each.state == "changed" and re.search(rf"\b{now}\b", f"{each.a} / {each.b}") for each in facts)
        results.append((what, told))
    untouched = compare(Article(id="a", text=source), Article(id="b", text=derived)).facts
    return results, sum(each.state == "changed" for each in untouched)


def measure_doctored(folder: Path) -> Figures:
    """Print and return the share of exchanges told, and of untouched texts of which none is."""
    jobs: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in ("ai-rewrites", "ai-polished", "onestop"):
        texts, pairs = data.load(folder, name)
        for pair in pairs:
            jobs[fit_judge.kind(pair)].append((texts[pair.source], texts[pair.derived]))
    figures: Figures = {}
    lines = []
    with ProcessPoolExecutor() as pool:
        for kind in KINDS:
            chosen = random.Random(kind).sample(jobs[kind], min(MOST, len(jobs[kind])))
            found = list(pool.map(_told, chosen, chunksize=4))
            cells = []
            for what in KINDS_OF_CHANGE:
                told = [each for results, _ in found for name, each in results if name == what]
                cells += [str(len(told)), f"{sum(told) / max(len(told), 1):.3f}"]
                if len(told) >= FEW:
                    figures[f"facts told {what} {kind}"] = sum(told) / len(told)
            wrong = [number for _, number in found]
            figures[f"facts spared {kind}"] = wrong.count(0) / len(wrong)
            lines.append([kind, *cells, str(len(wrong)), str(sum(wrong)), f"{wrong.count(0) / len(wrong):.3f}"])
    heads = [each for what in KINDS_OF_CHANGE for each in (what, "told")]
    table("Facts exchanged in derived texts", ["", *heads, "as is", "changes", "none"], lines)
    return figures
