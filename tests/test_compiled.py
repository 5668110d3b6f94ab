"""What ``compiled`` promises: loops start without their compiler, and work wherever their code cannot be kept or loaded."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from detector.loops import compiled, word_kernels
from detector.loops.compiled import Loop

ROOT = Path(__file__).parent.parent

SIGN = """
import sys
from detector import comparing, minhash
from detector.loops import compiled
from detector.model import Settings
lasting = compiled.can_be_kept()
first = comparing.is_first_run("copies")
rows = minhash.signatures(["The old bridge fell.", "Été à Paris, 25,000 de plus"], Settings(num_perm=16))
print(minhash.candidates(rows, Settings(num_perm=16)).tolist(), rows.tolist(), first, "numba" in sys.modules)
assert lasting == (sys.argv[1] == "kept")
assert comparing.is_first_run("scan") and comparing.is_first_run("pair") and not comparing.is_first_run("copies")
"""


def signed(cache: Path, *, kept: bool = True, root: Path = ROOT, **there: str) -> tuple[str, bool, bool]:
    """What another process makes of two texts, whether it said that it must compile first, and whether it did.

    ``kept``: whether it should say that the code is kept; ``root``: the folder with the package; ``there``: its environment.
    """
    there = os.environ | {"NUMBA_CACHE_DIR": str(cache), "PYTHONUTF8": "1", "PYTHONPATH": str(root)} | there
    command = [sys.executable, "-c", SIGN, "kept" if kept else "not kept"]
    done = subprocess.run(command, env=there, cwd=root, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    result, first, compiler = done.stdout.strip().rsplit(" ", 2)
    return result, first == "True", compiler == "True"


def blocked(folder: Path) -> Path:
    folder.write_text("a file, where the folder should be")
    return folder


def test_signatures_and_candidates_start_without_the_compiler_and_damaged_code_is_made_again(tmp_path: Path) -> None:
    made, *told = signed(tmp_path)
    assert told == [True, True]
    assert signed(tmp_path) == (made, False, False)
    kept = sorted(tmp_path.glob("*.o"))
    assert {each.name.partition("-")[0] for each in kept} == {"sign", "band_hashes", "bucket_pairs"}
    os.truncate(kept[-1], kept[-1].stat().st_size // 2)
    assert signed(tmp_path) == (made, False, True)
    assert signed(tmp_path) == (made, False, False)
    assert sorted(tmp_path.glob("*.o")) == kept
    assert not list(tmp_path.glob("*.o.*"))


def test_where_the_folder_asked_for_cannot_be_written_code_is_kept_in_another_and_without_any_loops_still_work(
    tmp_path: Path,
) -> None:
    here, *_ = signed(tmp_path / "here")
    shutil.copytree(ROOT / "detector", tmp_path / "detector", ignore=shutil.ignore_patterns("__pycache__"))
    blocked(tmp_path / "detector" / "loops" / "__pycache__")
    asked, home = blocked(tmp_path / "asked"), tmp_path / "home"
    assert signed(asked, root=tmp_path, XDG_CACHE_HOME=str(home)) == (here, True, True)
    assert signed(asked, root=tmp_path, XDG_CACHE_HOME=str(home)) == (here, False, False)
    assert list((home / "detector").glob("*.o"))
    no = blocked(tmp_path / "no")
    assert signed(asked, root=tmp_path, kept=False, XDG_CACHE_HOME=str(no)) == (here, True, True)


def total(values, result):  # type: ignore[no-untyped-def]
    """The sum of an array, into another."""
    for each in values.flat:
        result[0] += each
    return len(values)


def test_a_loop_takes_arrays_that_are_not_whole_and_each_type_for_itself() -> None:
    loop = Loop(total)
    numbers = np.arange(24, dtype=np.int64).reshape(4, 6)
    for values in (numbers, numbers[:, ::2], numbers.astype(np.float64), numbers[::2], numbers.ravel()):
        result = np.zeros(1, values.dtype)
        assert loop(values, result) == len(values)
        assert result[0] == values.sum()


@pytest.mark.parametrize("error", [RuntimeError, NotADirectoryError])  # LLVM refuses; the source is in a zip archive
def test_a_loop_that_cannot_be_loaded_is_run_by_numba(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def refuse(_: bytes) -> None:
        raise error("no such thing here")

    monkeypatch.setattr(compiled, "_loaded", refuse)
    loop = Loop(total)
    result = np.zeros(1, np.int64)
    assert loop(np.arange(5), result) == 5
    assert result[0] == 10


def test_an_object_file_is_another_for_other_arguments_and_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = (("<i8", 1), None)
    one = word_kernels.sign._file(kinds)
    assert word_kernels.sign._file(kinds) == one
    assert word_kernels.sign._file((("<i4", 1), None)) != one
    monkeypatch.setattr(compiled, "_processor", lambda: ("another", ""))
    assert word_kernels.sign._file(kinds) != one

SCAN = """
from detector.loops import align_kernels, judge_kernels, tiling
from detector import comparing, engine
from detector.loops.compiled import Kernel
from detector.model import Article
from tests.stories import REPORT, REWRITE
first = [comparing.is_first_run(each) for each in ("scan", "copies", "pair")]
report = engine.scan([Article(id="report", text=REPORT), Article(id="rewrite", text=REWRITE)])
assert [each.verdict for each in report.matches] == ["rewrite"]
loops = {name: loop for each in (align_kernels, judge_kernels, tiling) for name, loop in vars(each).items()
         if type(loop) is Kernel and loop.dispatcher.signatures}
after = [comparing.is_first_run(each) for each in ("scan", "copies", "pair")]
made = [name for name, loop in loops.items() if sum(loop.dispatcher.stats.cache_misses.values())]
print("".join("ny"[each] for each in first + after), len(loops), made)
"""


PAIR = """
from concurrent.futures import ThreadPoolExecutor
from detector.loops import align_kernels
from detector import comparing, engine, workers
from detector.model import Article
from tests.stories import REPORT, REWRITE
begun = []
def processes(count, begin=comparing.processes):
    begun.append(count)
    return begin(count)
comparing.processes = processes
with ThreadPoolExecutor(3) as pool:
    found = list(pool.map(lambda at: engine.compare(Article(id="a", text=REPORT), Article(id="b", text=REWRITE)), range(3)))
assert {each.verdict for each in found} == {"rewrite"}
assert begun == [1], begun
print([comparing.is_first_run(each) for each in ("pair", "scan")])
"""


@pytest.mark.skipif((os.cpu_count() or 1) == 1, reason="a second core compiles")
def test_two_texts_are_compared_with_one_process_more_however_many_threads_ask(tmp_path: Path) -> None:
    there = os.environ | {"NUMBA_CACHE_DIR": str(tmp_path), "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, "-c", PAIR], env=there, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[False, True]"


@pytest.mark.skipif((os.cpu_count() or 1) == 1, reason="a second core compiles")
def test_on_the_first_run_another_process_compiles_the_loops_that_compare(tmp_path: Path) -> None:
    there = os.environ | {"NUMBA_CACHE_DIR": str(tmp_path), "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, "-c", SCAN], env=there, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    first, loops, compiled_here = done.stdout.split(" ", 2)
    assert first == "yyynnn"
    assert int(loops) > 5
    assert compiled_here.strip() == "[]"
