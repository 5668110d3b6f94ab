"""The compiled loop of ``measures``: arrays in, arrays out, as in ``kernels``.

Apart from it only so that what judges can be read, and compiled, without what finds; one type of argument each.
"""

# numba infers the types of a kernel's arguments from the call; its docstring gives them for people.
# mypy: allow-untyped-defs, no-check-untyped-defs

from __future__ import annotations

import numpy as np

from .kernels import _kernel


@_kernel
def together(terms, starts, offset, places, size, reach):
    """How many pairs of terms that share a sentence in one text stand near one another in the other.

    ``terms``: (k,) int64, the terms of the sentences of one text, by their number in the other's vocabulary, -1 where it
    lacks them; ``starts``: (s + 1,) int64, where each sentence begins. ``offset``, ``places``: int64, the sentences of the
    other text that hold its term ``t``, ascending, are ``places[offset[t]:offset[t + 1]]``; it has ``size`` sentences.
    Each sentence is laid on the ``reach`` neighbouring sentences that hold most of its terms. Returns the pairs held there
    and the pairs in all.
    """
    held = np.zeros(size, np.int64)
    seen = np.full(size, -1, np.int64)
    kept = 0
    pairs = 0
    for sentence in range(len(starts) - 1):
        count = starts[sentence + 1] - starts[sentence]
        pairs += count * (count - 1) // 2
        most = 0
        held[:] = 0
        for at in range(starts[sentence], starts[sentence + 1]):
            if terms[at] < 0:
                continue
            for k in range(offset[terms[at]], offset[terms[at] + 1]):
                for first in range(max(places[k] - reach + 1, 0), places[k] + 1):
                    if seen[first] != at:
                        seen[first] = at
                        held[first] += 1
                        most = max(most, held[first])
        kept += most * (most - 1) // 2
    return kept, pairs
