"""One system from texts to near-duplicate candidates, in a process of its own: what ``peers`` measures.

    python benchmarks/rivals.py SYSTEM TEXTS.pickle OUT.json

Nothing is imported that the system does not need, so that its time is its own.
"""

from __future__ import annotations

import json
import pickle
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

THRESHOLD, WORDS, PERMUTATIONS = 0.7, 5, 128
BANDS, ROWS = 16, 8  # rensa wants bands that divide the permutations; gaoya gets the same

Pairs = Sequence[tuple[int, int]]


def this_program(texts: list[str]) -> Pairs:
    """Signatures, and the candidates of a scan whose signatures reach the threshold."""
    from detector import minhash
    from detector.model import Settings

    return minhash.to_verify(minhash.signatures(texts, Settings()), Settings(), below=0.0).tolist()  # type: ignore[no-any-return]


def this_program_verified(texts: list[str]) -> Pairs:
    """A scan for near-duplicates: each candidate verified on the bodies of the texts, families, the report."""
    from detector import engine
    from detector.model import Article, Settings

    articles = [Article(id=str(at), text=text) for at, text in enumerate(texts)]
    report = engine.scan(articles, Settings(), near_duplicates_only=True)
    return [(int(match.a), int(match.b)) for match in report.matches]


def _shingles(text: str) -> set[bytes]:
    import re

    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[at : at + WORDS]).encode() for at in range(max(len(words) - WORDS + 1, 1))}


def datasketch(texts: list[str]) -> Pairs:
    """datasketch 2: shingles in Python, bulk MinHash over crc32, its LSH."""
    from zlib import crc32

    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    pairs: list[tuple[int, int]] = []
    for at, sketch in enumerate(MinHash.bulk(map(_shingles, texts), num_perm=PERMUTATIONS, hashfunc=crc32)):
        pairs += [(other, at) for other in index.query(sketch)]
        index.insert(at, sketch)
    return pairs


def rensa(texts: list[str]) -> Pairs:
    """rensa: shingles in Python, the rest in Rust."""
    from rensa import RMinHash, RMinHashLSH

    sketches = RMinHash.from_token_sets([list(_shingles(text)) for text in texts], PERMUTATIONS, 1)
    index = RMinHashLSH(THRESHOLD, PERMUTATIONS, BANDS)
    index.insert_many(sketches)
    return [(at, int(other)) for at, found in enumerate(index.query_all(sketches)) for other in found if at < other]


def gaoya(texts: list[str]) -> Pairs:
    """gaoya: everything in Rust."""
    from gaoya.minhash import MinHashStringIndex

    index = MinHashStringIndex(32, THRESHOLD, BANDS, ROWS, None, "word", True, (WORDS, WORDS))
    index.par_bulk_insert_docs(list(range(len(texts))), texts)
    return [(at, int(other)) for at, found in enumerate(index.par_bulk_query(texts)) for other in found if at < other]


SYSTEMS: dict[str, Callable[[list[str]], Pairs]] = {
    "this program": this_program,
    "this program, verified": this_program_verified,
    "gaoya": gaoya,
    "rensa": rensa,
    "datasketch": datasketch,
}


def main() -> None:
    """Run one system twice; write its pairs, when it had them, its peak memory in MiB, and the second run's duration."""
    system, stored, out = sys.argv[1:]
    texts = pickle.loads(Path(stored).read_bytes())
    pairs = SYSTEMS[system](texts)
    first = time.time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began = time.perf_counter()
    SYSTEMS[system](texts)
    again = time.perf_counter() - began
    told = {"first": first, "again": again, "peak": peak, "pairs": [sorted(pair) for pair in pairs]}
    Path(out).write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    main()
