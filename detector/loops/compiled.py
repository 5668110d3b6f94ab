"""Machine code for the loops: compiled by numba on first use, loaded from a cache afterwards.

There are two kinds. A :class:`Kernel` takes and returns whatever numba can handle, and numba caches its machine code; but
importing numba and reading its registries on the first call takes a process a third of a second, more than signing ten
thousand articles. A :class:`Loop` receives every array that it reads or writes and returns one integer, so its machine code
needs nothing of numba: it is cached as an object file, which LLVM alone loads in three milliseconds.
"""

from __future__ import annotations

import atexit
import ctypes
import gc
import hashlib
import importlib
import os
import re
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import cache, cached_property, update_wrapper
from pathlib import Path
from typing import Any

import llvmlite  # type: ignore[import-untyped]
import llvmlite.binding as llvm  # type: ignore[import-untyped]
import numpy as np


def _skip_blas() -> None:
    """Import numba without its search for BLAS, which no kernel here uses.

    The search imports scipy.linalg and takes a tenth of a second. Linear algebra in other people's kernels still works:
    numba searches again when it compiles one.
    """
    try:
        linalg: Any = importlib.import_module("numba.np.linalg")
        look = linalg.ensure_blas
    except (ImportError, AttributeError):  # another version of numba may search whenever it likes
        return
    linalg.ensure_blas = lambda: None
    try:
        arraymath: Any = importlib.import_module("numba.np.arraymath")
        arraymath.ensure_blas = look
    finally:
        linalg.ensure_blas = look


class _Uncollected:
    """Disable garbage collection while numba compiles; over numba's million objects it takes a tenth of the time."""

    def __init__(self) -> None:
        self._depth, self._enabled = 0, False

    def notify(self, told: Any) -> None:
        """Called when numba begins a function, possibly inside another, and when it ends."""
        if told.is_start:
            if not self._depth:  # numba holds its lock, so there is only one such thread
                self._enabled = gc.isenabled()
                gc.disable()
            self._depth += 1
        else:
            self._depth -= 1
            if not self._depth and self._enabled:
                gc.enable()


_loading = threading.Lock()


def _numba() -> Any:
    """Import numba when the first loop needs it."""
    with _loading:
        return _prepared()


@cache
def _prepared() -> Any:
    if "scipy.linalg" not in sys.modules:
        _skip_blas()
    import numba
    from numba.core import event

    event.Listener.register(_Uncollected)
    listen: Any = event.register
    listen("numba:compile", _Uncollected())
    return numba


class Kernel:
    """A loop over arrays that numba compiles, without the GIL, for the argument types of a call."""

    def __init__(self, function: Callable[..., Any]) -> None:
        update_wrapper(self, function)
        self._function = function

    def __call__(self, *given: Any) -> Any:
        """Call the compiled function."""
        return self.dispatcher(*given)

    @cached_property
    def dispatcher(self) -> Any:
        """The function compiled by numba, which caches the machine code for the next process if it can."""
        numba = _numba()
        try:
            return numba.njit(nogil=True, cache=True)(self._function)
        except RuntimeError:  # neither the source's folder nor the home folder is writable
            folder = tempfile.mkdtemp(prefix="detector-kernels-")  # nobody else's files or code
            atexit.register(shutil.rmtree, folder, ignore_errors=True)
            numba.config.CACHE_DIR = os.environ["NUMBA_CACHE_DIR"] = folder  # for our processes, too
            return numba.njit(nogil=True, cache=True)(self._function)

    @property
    def _numba_type_(self) -> Any:
        """numba's type for this kernel as a global of another kernel."""
        return self.dispatcher._numba_type_


class Part(Kernel):
    """A kernel called only by other kernels: it is compiled into them, and Python gets no wrapper for it."""

    def __call__(self, *given: Any) -> Any:
        """Run the plain Python function."""
        return self._function(*given)

    @cached_property
    def dispatcher(self) -> Any:
        """The function compiled by numba."""
        return _numba().njit(nogil=True, no_cpython_wrapper=True, _nrt=False)(self._function)


class Instruction(Kernel):
    """An LLVM instruction that numba does not offer, for use in other kernels: several arguments, a uint64 result.

    The function receives ``llvmlite.ir``, a builder and values; for an array, the address of its data.
    """

    @cached_property
    def dispatcher(self) -> Any:
        """The function as a numba intrinsic."""
        _numba()
        from llvmlite import ir
        from numba.core import types
        from numba.extending import intrinsic

        def typed(*kinds: Any) -> tuple[Any, Callable[..., Any]]:
            def emitted(context: Any, builder: Any, signature: Any, values: Any) -> Any:
                given = [
                    context.make_array(kind)(context, builder, value).data if isinstance(kind, types.Array) else value
                    for kind, value in zip(kinds, values, strict=True)
                ]
                return self._function(ir, builder, *given)

            return types.uint64(*kinds), emitted

        takes: dict[int, Callable[..., Any]] = {  # numba counts the arguments of each
            1: lambda typingctx, a: typed(a),
            2: lambda typingctx, a, b: typed(a, b),
            5: lambda typingctx, a, b, c, d, e: typed(a, b, c, d, e),
        }
        return intrinsic(takes[self._function.__code__.co_argcount - 2])

    @property
    def _numba_type_(self) -> Any:
        """numba's type for the intrinsic as a global, which the compiler resolves."""
        from numba.core.registry import cpu_target

        made = self.dispatcher
        cpu_target.typing_context.refresh()
        return cpu_target.typing_context.resolve_value_type(made)


# --------------------------------------------------------------------------------- loops that start without their compiler

ENTRY = "detector_loop"  # name of the function in its object file
_Kinds = tuple[tuple[str, int] | None, ...]
"""For each argument, dtype string and dimensions of the array; None for an integer."""
_Given = tuple[tuple[np.dtype[Any], int] | None, ...]
"""The same as determined from a call, with dtypes."""
_buffer: Any = (ctypes.c_char * 0).from_buffer


class Loop(Kernel):
    """A loop that writes its results into arrays it is given, and returns one integer.

    Arguments are integers and C-contiguous arrays; for other arrays, and where LLVM cannot load the code, numba is called
    instead. The loop runs without the GIL. It must not raise: nothing could catch it.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__(function)
        self._entries: dict[_Given, tuple[Any, Any]] = {}
        self._lock = threading.Lock()

    def __call__(self, *given: Any) -> int:
        """Call the compiled function."""
        kinds: list[tuple[np.dtype[Any], int] | None] = []
        flat: list[int] = []
        whole = True
        for each in given:
            if isinstance(each, np.ndarray):
                kinds.append((each.dtype, each.ndim))
                try:
                    flat.append(ctypes.addressof(_buffer(each)))  # takes a third of the time of ndarray.ctypes.data
                except (TypeError, ValueError, BufferError):  # read-only or not contiguous
                    flat.append(each.ctypes.data)
                    whole = whole and each.flags.c_contiguous
                flat += each.shape
            else:
                kinds.append(None)
                flat.append(each)
        entry, _ = self._entries.get(tuple(kinds)) or self._made(tuple(kinds))
        return int(entry(*flat) if entry and whole else super().__call__(*given))

    def _made(self, kinds: _Given) -> tuple[Any, Any]:
        with self._lock:
            if kinds not in self._entries:
                self._entries[kinds] = self._entry(tuple(each and (each[0].str, each[1]) for each in kinds))
            return self._entries[kinds]

    def _entry(self, kinds: _Kinds) -> tuple[Any, Any]:
        """The loop as a C function, and the object that must live as long; (None, None) if LLVM cannot load it here."""
        try:
            file = self._file(kinds)
            engine = _loaded(_kept(file) or _keep(file, _object_code(self._function, kinds)))
            sizes = [ctypes.c_int64] * sum(1 + (kind[1] if kind else 0) for kind in kinds)
            return ctypes.CFUNCTYPE(ctypes.c_int64, *sizes)(engine.get_function_address(ENTRY)), engine
        except (RuntimeError, OSError):  # LLVM refuses, or the source cannot be read, as in a zip archive
            return None, None

    @property
    def is_kept(self) -> bool:
        """Whether the loop was compiled before, in this process or another, for any arguments."""
        return bool(self._entries) or _is_kept(self._function.__name__, self._function.__code__.co_filename)

    def _file(self, kinds: _Kinds) -> str:
        """The name of the object file, which depends on sources, arguments, processor and LLVM version."""
        made = _made_of(self._function.__name__, self._function.__code__.co_filename)
        return f"{made}-{hashlib.sha256(repr(kinds).encode()).hexdigest()[:8]}.o"


def _made_of(name: str, *sources: str) -> str:
    """The name with a digest of what machine code depends on. Raises :class:`OSError` if a source cannot be read."""
    digest = hashlib.sha256(repr([llvmlite.__version__, llvm.get_process_triple(), *_processor()]).encode())
    for source in (__file__, *sources):
        digest.update(Path(source).read_bytes())
    return f"{name}-{digest.hexdigest()[:32]}"


def _is_kept(name: str, *sources: str) -> bool:
    with suppress(OSError):
        made = _made_of(name, *sources)
        return any(any(each.glob(f"{made}-*.o")) for each in _folders())
    return False


class Stamp:
    """A note to other processes that the kernels of these sources, which numba caches, are compiled."""

    def __init__(self, name: str) -> None:
        self._name_and_sources = name, *sorted(map(str, Path(__file__).parent.glob("*.py")))
        self._set = False

    @property
    def is_set(self) -> bool:
        """Whether this process or another set it, for the same sources and processor."""
        self._set = self._set or _is_kept(*self._name_and_sources)
        return self._set

    def set(self) -> None:
        """Set it, once per process."""
        if not self._set:
            self._set = True
            with suppress(OSError):
                _keep(f"{_made_of(*self._name_and_sources)}-0.o", b"")


@cache
def _processor() -> tuple[str, str]:
    """Name and features of the processor, as LLVM names them."""
    return llvm.get_host_cpu_name(), llvm.get_host_cpu_features().flatten()


def _machine() -> Any:
    """LLVM's target machine for this processor."""
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    name, features = _processor()
    return llvm.Target.from_triple(llvm.get_process_triple()).create_target_machine(
        cpu=name, features=features, opt=3, codemodel="jitdefault"
    )


def _object_code(function: Callable[..., Any], kinds: _Kinds) -> bytes:
    """The machine code of a loop, compiled by numba for these arguments, as a self-contained object file.

    numba makes a C function of a Python function that takes addresses and sizes, which is generated here as ``namedtuple``
    does. Whatever it would call to raise an exception is replaced by a trap.
    """
    numba = _numba()
    scope: dict[str, Any] = {"loop": Part(function).dispatcher, "carray": numba.carray}
    names, arguments, types = [], [], []
    for at, kind in enumerate(kinds):
        names.append(f"a{at}")
        types.append(numba.types.voidptr if kind else numba.types.int64)
        if kind:
            sizes = [f"a{at}_{axis}" for axis in range(kind[1])]
            scope[f"t{at}"] = np.dtype(kind[0])
            arguments.append(f"carray(a{at}, ({', '.join(sizes)},), t{at})")
            names += sizes
            types += [numba.types.int64] * len(sizes)
        else:
            arguments.append(f"a{at}")
    exec(f"def entry({', '.join(names)}):\n return loop({', '.join(arguments)})", scope)
    made = numba.cfunc(numba.types.int64(*types))(scope["entry"])
    module = llvm.parse_assembly(made.inspect_llvm())
    module.link_in(llvm.parse_assembly(_traps(module)))
    module.get_function(made.native_name).name = ENTRY
    code: bytes = _machine().emit_object(module)
    return code


def _traps(module: Any) -> str:
    """LLVM assembly for what a module asks of Python and numba; none of it is reached in a loop that raises nothing."""
    wanted = [each for each in module.functions if each.is_declaration and not re.match(r"llvm\.|mem", each.name)]
    lines = ["declare void @llvm.trap()"]
    for each in wanted:
        declared = re.sub(r" #\d+$", "", str(each).strip())
        lines.append(f"{declared.replace('declare', 'define', 1)} {{\n call void @llvm.trap()\n unreachable\n}}")
    lines += [f"@{each.name} = global i8 0" for each in module.global_variables if each.is_declaration]
    return "\n".join(lines)


def _loaded(code: bytes) -> Any:
    """An LLVM engine that holds the functions of an object file."""
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), _machine())
    engine.add_object_file(llvm.ObjectFileRef.from_data(code))
    engine.finalize_object()
    return engine


def _folders() -> list[Path]:
    """Where machine code may be cached, best first: the places that numba uses, which skips what it cannot write."""
    asked = os.environ.get("NUMBA_CACHE_DIR")
    if asked and _is_writable(asked):
        return [Path(asked)]
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or os.path.expanduser("~/.cache")
    others = [Path(__file__).parent / "__pycache__", Path(home) / "detector"]
    return [Path(asked), *others] if asked else others  # code may have been put there before


@cache
def _is_writable(folder: str) -> bool:
    with suppress(OSError):
        Path(folder).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    return False


def can_be_kept() -> bool:
    """Whether there is a folder that keeps machine code for the next process; otherwise each one compiles again."""
    return any(_is_writable(str(folder)) for folder in _folders())


def _kept(name: str) -> bytes | None:
    """The object file of that name, if it is there and intact."""
    for folder in _folders():
        with suppress(OSError):
            stored = (folder / name).read_bytes()
            if hashlib.sha256(stored[32:]).digest() == stored[:32]:
                return stored[32:]
    return None


def _keep(name: str, code: bytes) -> bytes:
    """Write an object file to the first writable folder; without one, the code still works. Returns ``code``."""
    for folder in _folders():
        half = folder / f"{name}.{os.getpid()}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            half.write_bytes(hashlib.sha256(code).digest() + code)
            half.replace(folder / name)
            break
        except OSError:
            with suppress(OSError):
                half.unlink()
    return code
