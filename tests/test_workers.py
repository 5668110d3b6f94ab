"""What giving work to others promises: results in the order of the work, of which little is taken ahead."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from detector import workers


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
