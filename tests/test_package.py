"""The package as a whole: its inner order, its public names, its README, and what an installation carries."""

from __future__ import annotations

import ast
import configparser
import functools
import importlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

import detector
from detector.cli import program

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "detector"
README = (ROOT / "README.md").read_text(encoding="utf-8")
USAGE = (ROOT / "docs" / "usage.md").read_text(encoding="utf-8")

GROUND = {"document", "model", "kernels", "word_kernels", "align_kernels", "passage_kernels", "tiling", "words", "language", "stems", "workers"}
STAGES = {"read", "text", "minhash", "tfidf", "align", "judge", "cluster"}
MAY_IMPORT = {
    "model": set(),
    "figures": set(),
    "document": {"model"},
    "compiled": set(),
    "word_kernels": {"compiled"},
    "kernels": {"compiled"},
    "workers": {"model"},
    "words": {"word_kernels"},
    "language": {"words"},
    "number_words": set(),
    "slavic": set(),
    "stems": {"language", "number_words", "slavic", "word_kernels", "words"},
    "german": {"stems", "words"},
    "naming": {"words"},
    "numerals": {"changes", "number_words", "stems", "words"},
    "outlets": {"model"},
    "attributions": {"model", "outlets", "words"},
    "citations": {"attributions", "outlets"},
    "speakers": {"attributions", "language", "outlets"},
    "speech": {"attributions", "model", "speakers"},
    "align_kernels": {"compiled"},
    "passage_kernels": {"compiled"},
    "tiling": {"compiled"},
    **dict.fromkeys(STAGES, GROUND),
    "furniture": {"attributions", "model", "numerals"},
    "sentences": {"numerals"},
    "text": GROUND | {"attributions", "furniture", "german", "naming", "numerals", "sentences", "speech"},
    "align": GROUND | {"changes", "passages", "speakers"},
    "boilerplate": {"model", "outlets"},
    "opening": set(),
    "charset": {"opening"},
    "heads": {"outlets"},
    "records": {"charset", "heads", "model", "opening"},
    "formats": {"charset", "heads", "opening", "records"},
    "folders": {"formats", "heads", "model", "opening"},
    "read": {"folders", "formats", "heads", "model", "opening", "records", "workers"},
    "passages": GROUND,
    "packed": set(),
    "comparing": GROUND | STAGES | {"compiled", "packed"},
    "engine": GROUND | STAGES | {"boilerplate", "comparing", "outlets", "packed"},
    "judge_kernels": {"compiled"},
    "measures": GROUND | {"judge_kernels"},
    "part": GROUND | {"measures"},
    "changes": {"stems"},
    "mentions": GROUND | {"changes", "judge_kernels", "naming", "numerals"},
    "substitutions": GROUND | {"changes", "mentions", "number_words"},
    "opposites": GROUND,
    "facts": GROUND | {"changes", "judge_kernels", "mentions", "opposites", "substitutions"},
    "evidence": GROUND | {"attributions", "citations", "figures", "measures", "outlets", "part"},
    "counterparts": GROUND | {"measures"},
    "judge": GROUND | {"figures", "measures", "facts", "evidence", "counterparts", "align", "part"},
    "cluster": GROUND | {"figures"},
    "estimator": {"minhash", "model"},
    "harmless": set(),
    "report": {"figures", "harmless", "model"},
    "export": {"model", "packed", "report"},
    "terminal": {"figures", "harmless", "model", "outlets", "report"},
    "called": {"harmless", "model", "outlets", "report"},
    "answers": {"called", "model", "outlets", "report"},
    "kin": {"called", "model"},
    "pair": {"called", "figures", "language", "model", "outlets", "report"},
    "network": {"model", "report"},
    "page": {"answers", "called", "figures", "export", "harmless", "kin", "model", "outlets", "report", "pair", "network"},
    "stored": {"model"},
    "outputs": {"export", "model", "page"},
    "options": {"model", "opening", "read"},
    "sides": {"heads", "model", "read"},
    "cli": {"comparing", "compiled", "engine", "export", "folders", "model", "options", "outputs", "page", "read", "sides", "stored", "terminal"},
    "__main__": {"cli"},
    "__init__": {"engine", "estimator", "model", "page", "read"},
}
"""The import rule: who may import whom. A new module must be given its place here."""

DISTRIBUTION = {
    "Stemmer": "pystemmer",
    "docx": "python-docx",
    "readability": "readability-lxml",
    "sklearn": "scikit-learn",
    "text_to_num": "text2num",
}
"""Import names that are not the name of their distribution."""

INDIRECT = {"lxml-html-clean"}
"""Distributions that a library needs and old installers forget: without it no page is read."""


def normal(name: str) -> str:
    return DISTRIBUTION.get(name, name).replace("_", "-").lower()


def imports(file: Path) -> Iterator[tuple[int, str]]:
    """Every import in a file, wherever it stands, as (level, dotted name); ``from .x import y`` gives (1, "x.y")."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((0, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.level, f"{node.module or ''}.{alias.name}".lstrip(".")) for alias in node.names)


def ours(file: Path) -> set[str]:
    """The modules of the program that a file imports, without the folders they are in; the package itself is "__init__"."""
    found = set()
    for level, name in imports(file):
        first, *rest = name.split(".")
        if level or first == "detector":
            parts = [each for each in ([first, *rest] if level else rest) if each not in FOLDERS]
            found.add(parts[0] if parts and parts[0] in MAY_IMPORT else "__init__")
    return found


def foreign(files: list[Path]) -> set[str]:
    """The third-party distributions that files import."""
    names = {name.partition(".")[0] for file in files for level, name in imports(file) if level == 0}
    local = {"detector", "tests", "benchmarks"} | {each.stem for each in files}
    return {normal(name) for name in names - set(sys.stdlib_module_names) - local}


FOLDERS = {each.parent.name for each in PACKAGE.glob("*/__init__.py")}
MODULES = sorted(each for each in PACKAGE.rglob("*.py") if each.name != "__init__.py" or each.parent == PACKAGE)


def test_modules_have_names_of_their_own_whatever_their_folder() -> None:
    names = [each.stem for each in MODULES]
    assert len(names) == len(set(names) - FOLDERS) == len(MAY_IMPORT)


def test_folders_hold_modules_and_no_code_of_their_own() -> None:
    assert FOLDERS
    for each in FOLDERS:
        body = ast.parse((PACKAGE / each / "__init__.py").read_text(encoding="utf-8")).body
        assert len(body) == 1, each
        assert ast.get_docstring(ast.Module(body, [])), each


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.stem)
def test_a_module_imports_only_what_the_import_rule_allows(file: Path) -> None:
    assert file.stem in MAY_IMPORT, f"{file.name} has no place in the import rule"
    assert ours(file) <= MAY_IMPORT[file.stem]


def test_the_import_rule_is_read_off_every_form_of_import(tmp_path: Path) -> None:
    file = tmp_path / "judge.py"
    file.write_text(
        "from .engine import scan\nfrom . import report\nimport detector.cli\nfrom detector.read import x\n"
        "from detector import compare\ndef f():\n    from .align import spans\n"
    )
    assert ours(file) == {"engine", "report", "cli", "read", "__init__", "align"}


def test_no_module_imports_itself_by_a_detour() -> None:
    graph = {file.stem: ours(file) for file in MODULES}
    finished: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " -> ".join((*path, module))
        if module not in finished:
            for each in graph[module]:
                visit(each, (*path, module))
            finished.add(module)

    for module in graph:
        visit(module, ())


def test_compiled_loops_have_one_home() -> None:
    assert {file.stem for file in MODULES if {"numba", "llvmlite"} & foreign([file])} == {"compiled"}


def requirements(section: str, key: str) -> set[str]:
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    return {normal(re.split(r"[<>=!~; \[]", line)[0]) for line in config[section][key].split("\n") if line}


def test_an_installation_brings_every_library_the_program_imports_and_no_other() -> None:
    extras = requirements("options.extras_require", "docx") | requirements("options.extras_require", "pdf")
    assert foreign(MODULES) | INDIRECT == requirements("options", "install_requires") | extras


def test_the_test_extra_brings_every_library_the_tests_import() -> None:
    available = requirements("options", "install_requires") | requirements("options.extras_require", "test")
    assert foreign(sorted((ROOT / "tests").glob("*.py"))) <= available


def test_the_bench_extra_brings_every_library_the_benchmarks_import() -> None:
    available = requirements("options", "install_requires") | requirements("options.extras_require", "bench")
    assert foreign(sorted((ROOT / "benchmarks").glob("*.py"))) <= available


# The public names


def test_the_public_names_are_those_that_can_be_imported() -> None:
    namespace: dict[str, object] = {}
    exec("from detector import *", namespace)
    assert sorted(set(namespace) - {"__builtins__"}) == sorted(detector.__all__) == dir(detector)
    with pytest.raises(ImportError):
        exec("from detector import Signature")


def test_the_public_names_that_a_type_checker_sees_are_the_same() -> None:
    seen = set()
    for node in ast.walk(ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            home = importlib.import_module(f"detector.{node.module}")
            for alias in node.names:
                seen.add(alias.name)
                assert getattr(home, alias.name) is getattr(detector, alias.name)
    assert seen == set(detector.__all__)


def test_every_public_name_is_documented_and_no_other() -> None:
    table = USAGE.partition("## The public names")[2].partition("\n#")[0]
    documented = re.findall(r"^\| `(\w+)", table, flags=re.MULTILINE)
    assert sorted(documented) == sorted(detector.__all__)


# The README, what it leaves to docs/usage.md, and --help


def printed(*arguments: str | Path) -> str:
    """What the program prints to a file, 80 columns wide."""
    return subprocess.run(
        [sys.executable, "-m", "detector", *arguments],
        check=True,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        cwd=ROOT,
        env=os.environ | {"PYTHONUTF8": "1"},
    ).stdout


@functools.cache
def command_help(name: str | None) -> str:
    return printed(*([name] if name else []), "--help")


def test_the_table_in_the_readme_is_what_the_program_prints(seeds: Path) -> None:
    table = "\n".join(line.rstrip() for line in printed("scan", seeds).strip().splitlines())
    assert f"```\n{table}\n```" in README, f"the README should show\n{table}"


def option_row(option: click.Option) -> str:
    """The row of the table of usage for an option: made from the option, so that the table cannot fall behind."""
    names = " / ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts) if name.startswith("--"))
    value = f" `{option.metavar}`" if option.metavar else ""
    default = "" if not option.show_default else f"{str(option.default).lower() if option.is_flag else option.default}"
    return f"| {names}{value} | {default} | {option.help} |"


@pytest.mark.parametrize("name", sorted(program.commands))
def test_every_option_is_in_help_and_in_the_table_of_usage(name: str) -> None:
    shown = command_help(name)
    assert f"`detector {name}" in README
    assert re.search(rf"^  {name} ", command_help(None), flags=re.MULTILINE)
    for option in program.commands[name].params:
        if isinstance(option, click.Option):
            for written in (*option.opts, *option.secondary_opts):
                assert re.search(rf"(?<![\w-]){re.escape(written)}(?![\w-])", shown)
            assert option_row(option) in USAGE


@pytest.mark.parametrize("name", [None, *sorted(program.commands)])
def test_help_and_readme_give_the_exit_codes(name: str | None) -> None:
    for code in ("0", "1", "2", "70", "130", "143"):
        given = re.search(rf"^ +{code} +\w|^ +{code} +--", command_help(name), flags=re.MULTILINE)
        assert bool(given) is not (code == "1" and name == "show"), "show cannot end with 1"
        assert re.search(rf"^\| {code} \|", README, flags=re.MULTILINE)


def test_help_and_readme_name_every_verdict() -> None:
    help_text = " ".join(command_help("scan").split())
    for verdict in detector.model.VERDICTS:
        assert re.search(rf"(?<![\w-]){verdict}[,.]", help_text)
        assert re.search(rf"^\| `{verdict}` \|", README, flags=re.MULTILINE)


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README + USAGE, flags=re.MULTILINE | re.DOTALL)


def test_the_python_example_of_the_readme_runs(
    seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(seeds, tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    examples = blocks("python")
    assert examples
    namespace: dict[str, object] = {}
    for example in examples:
        exec(compile(example, "README.md", "exec"), namespace)
    printed = capsys.readouterr().out
    assert re.search(r"^rewrite .*cnn\.txt.*icaro\.txt", printed, flags=re.MULTILINE)
    assert re.search(r"^(verbatim|edited|paraphrased|quotation) ", printed, flags=re.MULTILINE)
    assert (tmp_path / "report.html").exists()


def test_every_command_line_of_the_readme_is_one_the_program_understands() -> None:
    lines = [line for block in blocks("sh") for line in block.splitlines() if line.startswith("detector ")]
    assert lines
    for line in lines:
        words = shlex.split(line.partition(" | ")[0], comments=True)
        if words[1].startswith("--"):
            assert words[1] in {opt for param in program.params for opt in param.opts}
        else:
            program.commands[words[1]].make_context(words[1], words[2:])  # raises for what it does not know


def test_links_between_the_pages_lead_somewhere() -> None:
    for page, folder in ((README, ROOT), (USAGE, ROOT / "docs")):
        for target in re.findall(r"\]\((?!https?:)([^)]+)\)", page):
            path, _, place = target.partition("#")
            heads = re.findall(r"^#+ (.*)$", (folder / path).read_text(encoding="utf-8"), re.MULTILINE) if place else []
            assert (folder / path).exists()
            assert not place or place in [re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in heads]


def test_every_make_target_of_the_readme_exists() -> None:
    targets = set(re.findall(r"\bmake ([a-z]+)\b", " ".join(blocks("sh")) + " ".join(re.findall(r"`([^`\n]+)`", README))))
    assert {"demo", "test"} <= targets
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert targets <= set(re.findall(r"^([a-z]+):", makefile, flags=re.MULTILINE))


# Installations. They are built from a copy, without the network: the new environment sees this one's libraries.


@dataclass(frozen=True)
class Environment:
    """A fresh environment: where it is, its Python, and its variables."""

    folder: Path
    python: Path
    variables: dict[str, str]

    def run(self, *command: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            list(command),
            cwd=cwd or self.folder,
            env=self.variables,
            capture_output=True,
            text=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done

    def pip_install(self, *what: str | Path) -> None:
        # --ignore-installed: the environment that runs the tests may hold the program too.
        flags = ["--no-deps", "--no-build-isolation", "--no-index", "--ignore-installed", "--disable-pip-version-check"]
        self.run(sys.executable, "-m", "pip", "--python", self.python, "install", *flags, *what)


def copy_of_the_checkout(folder: Path) -> Path:
    """A copy without the traces of earlier builds."""
    folder.mkdir(parents=True)
    for name in ("setup.cfg", "pyproject.toml", "MANIFEST.in", "README.md", "CHANGELOG.md", "LICENSE", "Makefile"):
        shutil.copy2(ROOT / name, folder)
    for name in ("detector", "templates", "tests", "benchmarks", "docs", "seeds"):
        if (ROOT / name).exists():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    return folder


def environment(folder: Path) -> Environment:
    """A new environment without anything of its own; libraries come from the one that runs the tests."""
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    libraries = [each for each in sys.path if Path(each).name in ("site-packages", "dist-packages")]
    (own,) = (*(folder / "lib").glob("python*/site-packages"), *(folder / "Lib").glob("site-packages"))
    (own / "libraries.pth").write_text("\n".join(libraries), encoding="utf-8")
    variables = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return Environment(folder, scripts / "python", variables | {"PYTHONUTF8": "1"})


def carry_over_compiled_loops(package: Path) -> None:
    """Spare an installation the compilation: numba knows what it compiled by the time and size of the source."""
    ours, theirs = PACKAGE / "loops", package / "loops"
    for source in ours.glob("*.py"):
        times = source.stat()
        os.utime(theirs / source.name, ns=(times.st_atime_ns, times.st_mtime_ns))
    (theirs / "__pycache__").mkdir(exist_ok=True)
    for compiled in (ours / "__pycache__").iterdir():
        if compiled.suffix in (".nbi", ".nbc", ".o"):
            shutil.copy2(compiled, theirs / "__pycache__")


def build(kind: str, folder: Path) -> Path:
    """A wheel or a source distribution of a copy of the checkout."""
    checkout = copy_of_the_checkout(folder / "checkout")
    command = [sys.executable, "-m", "build", f"--{kind}", "--no-isolation", "--outdir", str(folder / "dist"), str(checkout)]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stdout + done.stderr
    (made,) = (folder / "dist").iterdir()
    return made


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("sdist", tmp_path_factory.mktemp("sdist"))


TEMPLATES = sorted(
    each.relative_to(ROOT).as_posix() for each in (ROOT / "templates").rglob("*") if each.is_file() and each.suffix != ".pyc"
)


@pytest.mark.install
def test_the_wheel_carries_the_program_and_its_templates_and_nothing_else(wheel: Path) -> None:
    assert TEMPLATES
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
        metadata = next(archive.read(name).decode() for name in archive.namelist() if name.endswith("/METADATA"))
        licences = [name for name in archive.namelist() if name.endswith("LICENSE")]
    modules = {each.relative_to(ROOT).as_posix() for each in PACKAGE.rglob("*") if each.suffix in (".py", ".json", ".toml")}
    assert held == modules | {"detector/py.typed"} | {f"detector/{each}" for each in TEMPLATES}
    assert "Name: derivative-detector" in metadata
    assert f"Version: {detector.model.VERSION}" in metadata
    assert "Apache-2.0" in metadata
    assert licences


@pytest.mark.install
def test_the_source_distribution_carries_tests_and_benchmarks_but_not_the_journalism_of_others(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        held = {each.partition("/")[2] for each in archive.getnames()}
    tests = {each.relative_to(ROOT).as_posix() for each in (ROOT / "tests").rglob("*.py")}
    benchmarks = {each.relative_to(ROOT).as_posix() for each in (ROOT / "benchmarks").glob("*.py")}
    data = {each.relative_to(ROOT).as_posix() for kind in ("json", "toml", "typed") for each in (ROOT / "detector").glob(f"*.{kind}")}
    assert tests | benchmarks | data | set(TEMPLATES) | {"LICENSE", "Makefile", "CHANGELOG.md"} <= held
    assert not [each for each in held if each.startswith("seeds")]


@pytest.mark.install
@pytest.mark.parametrize("how", ["pip install .", "pip install -e .", "the source distribution", "the bare checkout"])
def test_the_program_runs_and_finds_its_templates_after(
    how: str, tmp_path: Path, seeds: Path, request: pytest.FixtureRequest
) -> None:
    checkout = copy_of_the_checkout(tmp_path / "checkout")
    place = environment(tmp_path / "environment")
    command: list[str | Path] = [place.python.parent / "detector"]
    home = place.folder
    if how == "pip install .":
        place.pip_install(checkout)
    elif how == "pip install -e .":
        place.pip_install("--editable", checkout)
        home = checkout
    elif how == "the source distribution":
        place.pip_install(request.getfixturevalue("sdist"))
    else:
        place.variables["PYTHONPATH"] = str(checkout)
        command = [place.python, "-m", "detector"]
        home = checkout
    shutil.copytree(seeds, tmp_path / "news")

    where = "import detector; print(detector.__file__)"
    loaded = place.run(place.python, "-c", where).stdout.strip()
    assert Path(loaded).is_relative_to(home)
    carry_over_compiled_loops(Path(loaded).parent)
    compared = place.run(*command, "compare", tmp_path / "news" / "cnn.txt", tmp_path / "news" / "icaro.txt").stdout
    assert "rewrite" in compared
    place.run(*command, "scan", tmp_path / "news", "--report", tmp_path / "report.html", "--quiet")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "</html>" in page
    assert "icaro.txt" in page
