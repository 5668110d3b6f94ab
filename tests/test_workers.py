"""What giving work to others promises: results in the order of the work, of which little is taken ahead."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from detector import workers

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(("asked", "ahead"), [(1, 2), (3, 6), (0, 14)])
def test_two_items_for_each_worker_are_taken_ahead_of_the_results(
    monkeypatch: pytest.MonkeyPatch, asked: int, ahead: int
) -> None:
    monkeypatch.setattr(workers, "_cores", lambda: 7)
    taken: list[int] = []

    def items() -> Iterator[int]:
        for at in range(40):
            taken.append(at)
            yield at

    with ThreadPoolExecutor(2) as pool:
        results = []
        for result in workers.in_order(pool, str, items(), asked):
            results.append(result)
            assert len(taken) <= len(results) + ahead
    assert results == [str(at) for at in range(40)]
    assert taken == list(range(40))


def said_by(code: str) -> str:
    """What a program that has started no process yet prints, to either stream."""
    lines = f"import signal, time\nfrom detector import workers\n{code}"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", lines], cwd=ROOT, env=environment, stdout=-1, stderr=subprocess.STDOUT, text=True, timeout=60)
    return done.stdout


@pytest.mark.skipif(os.name == "nt", reason="blocks a signal")
def test_processes_never_see_ctrl_c_and_this_one_sees_it_again() -> None:
    masks = "[pool.submit(signal.pthread_sigmask, signal.SIG_BLOCK, []) for _ in range(12)]"
    code = f"with workers.processes(3) as pool:\n    print([2 in each.result() for each in {masks}])\n"
    assert said_by(f"{code}print(2 in signal.pthread_sigmask(signal.SIG_BLOCK, []))") == f"{[True] * 12}\nFalse\n"


def test_work_in_processes_that_is_given_up_ends_without_a_word() -> None:
    code = "with workers.processes(2) as pool:\n    next(workers.in_order(pool, time.sleep, [0] + [9] * 50, 20))\nprint('over')"
    assert said_by(code) == "over\n"


IN_A_WORKER = """
from multiprocessing import get_context
from detector import Article, Settings, comparing, read, scan

def work():
    comparing.PAIRS_APART, read.APART_SECONDS = 1, 0
    found = read.read_articles(["seeds"], workers=2)
    print(len(scan(found, Settings(workers=2)).matches), workers.may_start_processes())

if __name__ == "__main__":
    daemon = get_context("fork").Process(target=work, daemon=True)
    daemon.start()
    daemon.join()
    print(workers.may_start_processes())
"""


@pytest.mark.skipif(os.name == "nt", reason="forks")
def test_a_worker_that_may_have_no_children_reads_and_compares_in_threads() -> None:
    assert said_by(IN_A_WORKER) == "3 False\nTrue\n"


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and that nobody has asked about does not."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], stdout=subprocess.PIPE, text=True).stdout.strip()
    return bool(state) and not state.startswith("Z")


@pytest.mark.skipif(os.name == "nt", reason="sends a signal")
@pytest.mark.parametrize("ended_by", [signal.SIGTERM, signal.SIGKILL])
def test_processes_end_with_the_one_that_started_them_whatever_ended_it(ended_by: signal.Signals) -> None:
    code = (
        "import os, time\nfrom detector import workers\n"
        "with workers.processes(2) as pool:\n"
        "    print(*{each.result() for each in [pool.submit(os.getpid) for _ in range(20)]}, flush=True)\n"
        "    list(pool.map(time.sleep, [60] * 2))\n"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout
        started = [int(each) for each in process.stdout.readline().split()]
        assert started
        process.send_signal(ended_by)
        assert process.wait(timeout=20) == -ended_by
    until = time.monotonic() + 20
    while any(map(alive, started)) and time.monotonic() < until:
        time.sleep(0.05)
    left = [pid for pid in started if alive(pid)]
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    assert not left
