"""Threads and processes whose results come in the order of the work."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import cache
from multiprocessing import current_process
from typing import TYPE_CHECKING, Any, TypeVar

from .model import DetectorError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_In = TypeVar("_In")
_Out = TypeVar("_Out")


def cores(workers: int) -> int:
    """The number of workers; 0 means one per core."""
    return workers or _cores()


@cache
def _cores() -> int:
    """The cores that this process may use; a container or batch system may grant it only some of the machine's."""
    from loky import cpu_count

    return int(cpu_count())


def may_start_processes() -> bool:
    """Whether this process may have children: a worker of Celery or of a ``multiprocessing.Pool`` must not."""
    return not current_process().daemon


@contextmanager
def processes(workers: int) -> Iterator[Executor]:
    """Yield a pool of processes, which needs no ``__main__`` guard in the calling script and never outlives the block.

    They never see Ctrl-C, which a terminal sends to all processes: this one ends them. If it is itself ended, by a signal
    that leaves it no time to, they end by themselves. Raises :class:`DetectorError` if one of them is killed.
    """
    from multiprocessing import Pipe

    from loky import ProcessPoolExecutor

    class Pool(ProcessPoolExecutor):  # type: ignore[misc]
        def submit(self, *work: Any, **named: Any) -> Any:
            with _without_interrupts():  # the first call starts all processes
                return super().submit(*work, **named)

    held, holder = Pipe(duplex=False)  # the system closes the holder's end, whatever ends this process
    pool: Executor = Pool(workers, initializer=_end_with, initargs=(held,))
    try:
        yield pool
    except BrokenExecutor:
        message = "a process was killed, likely for want of memory: try with fewer workers (--workers 1)"
        raise DetectorError(message) from None
    finally:
        pool.shutdown(kill_workers=True)  # type: ignore[call-arg]
        held.close()
        holder.close()


def _end_with(held: Connection) -> None:
    """In a process of the pool: end it as soon as nobody holds the other end of this pipe, even in the middle of work."""

    def wait() -> None:
        with suppress(EOFError, OSError):
            held.recv_bytes()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Hold SIGINT back inside the block, and for good from the processes and threads started there, where signals can be."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # while it starts it blocks and unblocks signals itself
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def in_order(pool: Executor, work: Callable[[_In], _Out], items: Iterable[_In], workers: int) -> Iterator[_Out]:
    """Like ``pool.map``, but take only a few items ahead of the results: two for each worker."""
    waiting: deque[Future[_Out]] = deque()
    try:
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) > 2 * cores(workers):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        if isinstance(pool, ThreadPoolExecutor):  # if interrupted, cancel what has not begun; processes are killed
            for each in waiting:
                each.cancel()
