"""A coverage-guided fuzzer of reading and analysing, by atheris (libFuzzer).

    pip install -e '.[test,fuzz]'
    python -m tests.fuzz.fuzz CORPUS -max_total_time=600 -max_len=4096 -timeout=20 -rss_limit_mb=4096

``CORPUS``: a folder, which gets a file of each format to begin with and keeps what reaches new code. What it finds is written
to ``crash-…`` in the folder it is run in: mend it, and put it among ``FOUND`` in ``tests/test_fuzz.py``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

# Compiled loops must be left as they are, for what they compile is their own bytecode: they are there before the hook is.
from detector.loops import align_kernels, judge_kernels, kernels, passage_kernels, tiling  # noqa: F401

with atheris.instrument_imports(include=["detector"]):
    from tests.fuzz import inputs

from tests import files


def seed(corpus: Path) -> None:
    """A file of each format, behind the byte that picks its reader."""
    corpus.mkdir(parents=True, exist_ok=True)
    for name, data in files.MADE.items():
        if (suffix := name.partition(".")[2]) in inputs.SUFFIXES:
            (corpus / f"seed-{suffix}").write_bytes(bytes([inputs.SUFFIXES.index(suffix)]) + data)


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        if not argument.startswith("-"):
            seed(Path(argument))
    atheris.Setup(sys.argv, lambda data: (inputs.run(data, "/dev/shm" if Path("/dev/shm").is_dir() else None), None)[1])
    atheris.Fuzz()
