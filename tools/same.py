"""Show what a change moves: compare the working tree with the code at a commit, from outside.

``python tools/same.py REV [--only tables,blocks,findings,names,files] [--pages NOTEBOOK,...] [--opd A,B]
[--workspace REV|own] [--most N]``

Both sides are run in processes of their own and seen only through what stays when modules move: the command line
(``pkanalysis.cli:main``), the Parquet tables, the Papermill engine that ``pyproject.toml`` names, the blocks that
notebooks show, and ``import pkanalysis as pk``. What is compared:

tables
    every table of the sample and of Kota Jambi: columns, types, rows in order
blocks
    every block and the Markdown of every page of ``pkanalysis report``, figures as SVG, before any rendering
findings
    what ``check --json`` says of the damaged sample, whose files the code at REV has made
names
    public names of the rooms in ``pk.__all__`` with their signatures
files
    names of all files that ``report`` writes

The first differences are printed as ``address: old -> new``, then a count per kind. Exit code 1 if there is any that
``same_allowed.toml`` does not allow. With ``--pages`` or ``--opd`` only those pages are run, and only blocks compared.
Unless tables are compared, the working tree reports on a copy of the sample that REV made: quicker by a minute.

What REV gave is kept in ``.same/<sha>/`` of this tree or in the folder ``PKANALYSIS_SAME_CACHE``; a folder of it may be
removed at any time. Its code stands in ``code/`` there (``git archive``: nothing is left behind in ``.git``).

Not compared, because they differ between two runs of the same code: see :data:`VOLATILE`. The time is frozen by
``SOURCE_DATE_EPOCH``; folders of workspaces are written as ``<ruang kerja>``.
"""

from __future__ import annotations

import argparse
import base64
import inspect
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from filelock import FileLock

if TYPE_CHECKING:
    import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
ALLOWED = Path(__file__).with_name("same_allowed.toml")
KINDS = ("tables", "blocks", "findings", "names", "files")
MIME = "application/vnd.pkanalysis.block+json"
TO, PAGES = "PKANALYSIS_SAME_TO", "PKANALYSIS_SAME_PAGES"
VOLATILE = {
    "berkas/diimpor": "time of the import",
    "turunan/sidik": "fingerprint of the program and of the times of the table files",
}
"""Tables and columns (``table/column``) that are left out, with the reason."""


@dataclass(frozen=True)
class Difference:
    """One thing that is not the same: ``where`` starts with its kind (``blocks/laporan_opd/DINKES/...``)."""

    where: str
    old: Any
    new: Any

    @property
    def kind(self) -> str:
        """The first word of the address."""
        return self.where.partition("/")[0]

    def __str__(self) -> str:
        return "{}: {} -> {}".format(self.where, *_around(_text(self.old), _text(self.new)))


@dataclass(frozen=True)
class Allowed:
    """A difference that is meant: its kind, a glob over its address, and why."""

    kind: str
    where: str
    reason: str

    def fits(self, difference: Difference) -> bool:
        """Whether it allows the difference."""
        return difference.kind == self.kind and fnmatchcase(difference.where, self.where)


def allowed(text: str) -> list[Allowed]:
    """The entries of ``same_allowed.toml``; one without a reason is refused."""
    entries = [
        Allowed(entry["kind"], entry["where"], entry.get("reason", "")) for entry in tomllib.loads(text)["allowed"]
    ]
    if bare := [entry.where for entry in entries if not entry.reason.strip()]:
        raise SystemExit(f"{ALLOWED.name}: {bare[0]!r} has no reason")
    return entries


def differences(where: str, old: Any, new: Any) -> Iterator[Difference]:
    """Compare plain data leaf by leaf; of lists of unequal length the first place that differs is told."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(key for key in new if key not in old)]:
            yield from differences(f"{where}/{key}", old.get(key, "(none)"), new.get(key, "(none)"))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for place, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from differences(f"{where}/{place}", one, other)
    elif isinstance(old, list) and isinstance(new, list):
        yield Difference(f"{where}/count", len(old), len(new))
        pairs = enumerate(zip([*old, "(none)"], [*new, "(none)"], strict=False))
        place, (one, other) = next((place, pair) for place, pair in pairs if pair[0] != pair[1])
        yield from differences(f"{where}/{place}", one, other)
    elif old != new or type(old) is not type(new):
        yield Difference(where, old, new)


def frame_differences(where: str, old: pd.DataFrame, new: pd.DataFrame) -> Iterator[Difference]:
    """Compare two tables: columns with their types, number of rows, then cell by cell."""
    types = [{str(name): str(kind) for name, kind in frame.dtypes.items()} for frame in (old, new)]
    yield from differences(f"{where}/columns", *types)
    yield from differences(f"{where}/order", *([*names] for names in types))
    if len(old) != len(new):
        yield Difference(f"{where}/rows", len(old), len(new))
        return
    for name in [name for name in old.columns if name in new.columns and not old[name].equals(new[name])]:
        columns = [frame[name].astype(object).where(frame[name].notna(), None).tolist() for frame in (old, new)]
        for place, (one, other) in enumerate(zip(*columns, strict=True)):
            yield from differences(f"{where}/{place}/{name}", one, other)


def page(record: dict[str, Any]) -> dict[str, Any]:
    """What a page shows, by block; cells by the name of their column, figures as text."""
    blocks: dict[str, Any] = {}
    for block in record["blocks"]:
        shown = dict(block)
        if "rows" in shown:
            names = [column["name"] for column in shown["columns"]]
            shown["rows"] = [dict(zip(names, row, strict=False)) for row in shown["rows"]]
        if "svg" in shown:
            shown["svg"] = base64.b64decode(shown["svg"]).decode()
        blocks[shown["id"] if shown["id"] not in blocks else f"{shown['id']}+{len(blocks)}"] = shown
    order = [*blocks]
    return blocks | {"(order)": order, "(markdown)": record["markdown"], "(errors)": record["errors"]}


def findings(rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Findings by file, then by place (with a number where one place has several)."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        own = found.setdefault(row["file"], {})
        place = "/".join(str(row[name]) or "-" for name in ("sheet", "place", "column"))
        own[f"{place}/{sum(key.startswith(f'{place}/') for key in own)}"] = row
    return {file: own | {"(order)": [*own]} for file, own in found.items()}


def names() -> dict[str, str]:
    """Public names of the rooms of ``pk`` with their signatures (run with the code of one side)."""
    import pkanalysis as pk

    told: dict[str, str] = {}
    for room in pk.__all__:
        _tell(f"pk.{room}", getattr(pk, room), told)
    return told


def recording(engine: Any) -> Any:
    """The Papermill ``engine``, which writes down what the page shows and leaves nothing to render."""

    class Recording(engine):  # type: ignore[misc]
        @classmethod
        def execute_notebook(cls, nb: Any, kernel_name: str, **options: Any) -> Any:
            given, path = nb.metadata.papermill.get("parameters", {}), Path(nb.metadata.papermill.input_path)
            wanted = os.environ.get(PAGES, "").split(",")
            if wanted == [""] or path.stem in wanted:
                done = super().execute_notebook(nb, kernel_name, **options)
                _record(done, path.stem, dict(given))
            for cell in nb.cells:
                cell.update({"outputs": []} if cell.cell_type == "code" else {})
            return nb

    return Recording


def _record(notebook: Any, name: str, given: dict[str, Any]) -> None:
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    record = {
        "notebook": name,
        "opd": given.get("opd", ""),
        "blocks": [output.data[MIME] for output in outputs if MIME in output.get("data", {})],
        "markdown": "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown"),
        "errors": [f"{output.ename}: {output.evalue}" for output in outputs if output.output_type == "error"],
    }
    text = json.dumps(record, ensure_ascii=False, indent=1)
    text = text.replace(json.dumps(str(given.get("ruang_kerja", "-")))[1:-1], "<ruang kerja>")
    Path(os.environ[TO], f"{name}-{record['opd']}.json").write_text(text, encoding="utf-8")


def _tell(name: str, thing: Any, told: dict[str, str]) -> None:
    if isinstance(thing, ModuleType):
        listed = getattr(thing, "__all__", None)
        own = [key for key, value in vars(thing).items() if not key.startswith("_") and _is_ours(value)]
        for key in listed if listed is not None else own:
            _tell(f"{name}.{key}", getattr(thing, key), told)
    elif callable(thing):
        told[name] = _signature(thing)
        members = vars(thing).items() if inspect.isclass(thing) else ()
        for key, value in members:
            if not key.startswith("_"):
                inner = value.__func__ if isinstance(value, staticmethod | classmethod) else value
                told[f"{name}.{key}"] = _signature(inner) if callable(inner) else type(inner).__name__
    else:
        told[name] = f"{type(thing).__name__} {_text(thing)[:200]}"


def _is_ours(thing: Any) -> bool:
    return not isinstance(thing, ModuleType) and str(getattr(thing, "__module__", "")).startswith("pkanalysis")


def _signature(thing: Any) -> str:
    try:
        return re.sub(r" at 0x\w+", "", str(inspect.signature(thing)))
    except (TypeError, ValueError):
        return type(thing).__name__


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _around(old: str, new: str, width: int = 120) -> tuple[str, str]:
    """Both texts; long ones from shortly before the place where they part."""
    pairs = enumerate(zip(old, new, strict=False))
    parting = next((at for at, (one, other) in pairs if one != other), min(len(old), len(new)))
    start = max(0, parting - 40) if max(len(old), len(new)) > width else 0
    cut = [text[start : start + width] + "…" * (len(text) > start + width) for text in (old, new)]
    return f"{'…' * bool(start)}{cut[0]!r}", f"{'…' * bool(start)}{cut[1]!r}"


@dataclass(frozen=True)
class Side:
    """One of the two sides: its ``code`` and the folder (``home``) of what it gave."""

    name: str
    code: Path
    home: Path

    def run(self, *words: object, **settings: str) -> str:
        """Run the command line of this side in its own folder; exit code 1 is an answer (errors in files, pages)."""
        return self.python("from pkanalysis.cli import main; main()", *words, worst=1, **settings)

    def python(self, program: str, *words: object, worst: int = 0, **settings: str) -> str:
        """Run a line of Python with the code of this side; an exit code above ``worst`` ends the comparison."""
        path = os.pathsep.join(map(str, (self.code, self._metadata(), Path(__file__).parent)))
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        environment |= {"PYTHONPATH": path, "SOURCE_DATE_EPOCH": "1767225600"} | settings
        line = [sys.executable, "-c", program, *map(str, words)]
        done = subprocess.run(line, cwd=self.home, env=environment, capture_output=True, text=True, check=False)
        if done.returncode and done.stderr.strip():
            _say(f"{self.name}: {' '.join(line[3:6])} ended with {done.returncode}: {done.stderr.strip()[-2000:]}")
        if done.returncode > worst or done.returncode < 0 or "Traceback" in done.stderr:
            raise SystemExit(2)
        return done.stdout

    def step(self, name: str, made: str, work: Callable[[], None]) -> None:
        """Do the work if it has not been done yet; what an interrupted one left of the folder ``made`` goes first."""
        mark = self.home / f"{name}.done"
        if not mark.exists():
            start = time.perf_counter()
            shutil.rmtree(self.home / made, ignore_errors=True)
            work()
            mark.touch()
            _say(f"{self.name}: {name} {time.perf_counter() - start:.1f} s")

    def keep(self, name: str, found: Any) -> None:
        """Write what a step has found."""
        (self.home / name).write_text(json.dumps(found), encoding="utf-8")

    def load(self, name: str) -> Any:
        """What a step has written."""
        return json.loads((self.home / name).read_text(encoding="utf-8"))

    def _metadata(self) -> Path:
        """A folder that stands for the installed package: this side's entry points, with the recording engine."""
        folder = self.home / "metadata"
        if not (folder / "same_recorder.py").exists():
            project = tomllib.loads((self.code / "pyproject.toml").read_text(encoding="utf-8"))["project"]
            points = {group: dict(found) for group, found in project["entry-points"].items()}
            recorder = ["from same import recording"]
            for number, (name, target) in enumerate(points["papermill.engine"].items()):
                module, _, engine = target.partition(":")
                recorder += [f"from {module} import {engine} as _{number}", f"Engine{number} = recording(_{number})"]
                points["papermill.engine"][name] = f"same_recorder:Engine{number}"
            info = folder / f"pkanalysis-{project['version']}.dist-info"
            info.mkdir(parents=True)
            (folder / "same_recorder.py").write_text("\n".join(recorder), encoding="utf-8")
            listed = [
                line for group, found in points.items() for line in (f"[{group}]", *map(" = ".join, found.items()))
            ]
            (info / "entry_points.txt").write_text("\n".join(listed), encoding="utf-8")
            head = ["Metadata-Version: 2.1", "Name: pkanalysis", f"Version: {project['version']}"]
            head += [f"Requires-Dist: {line}" for line in project["dependencies"]]
            (info / "METADATA").write_text("\n".join(head) + "\n", encoding="utf-8")
        return folder


@dataclass(frozen=True)
class Snapshot:
    """What one side is to give: kinds, notebooks and OPD (empty = all); sample and files may come from ``given``."""

    side: Side
    kinds: set[str]
    pages: Sequence[str] = ()
    opd: Sequence[str] = ()
    given: Side | None = None

    def take(self) -> None:
        """Run all steps that are not done yet, two at a time."""
        has_pages = bool({"blocks", "files"} & self.kinds)
        has_tables = has_pages or "tables" in self.kinds
        first = [("sample", "contoh", self._sample)] * has_tables
        first += [("report contoh", "pages/contoh", lambda: self._report("contoh"))] * has_pages
        second = [("damaged", "cacat", self._damaged), ("findings", "-", self._check)] * ("findings" in self.kinds)
        second += [("names", "-", self._names)] * ("names" in self.kinds)
        second += [("jambi", "jambi", self._jambi)] * (has_tables and not self.opd)
        second += [("report jambi", "pages/jambi", lambda: self._report("jambi"))] * (has_pages and not self.opd)
        with ThreadPoolExecutor(2) as pool:
            for done in [pool.submit(self._chain, steps) for steps in (first, second)]:
                done.result()

    def _chain(self, steps: Sequence[tuple[str, str, Callable[[], None]]]) -> None:
        for step in steps:
            self.side.step(*step)

    def _sample(self) -> None:
        home = self.side.home / "contoh"
        if self.given and "tables" not in self.kinds:
            shutil.copytree(self.given.home / "contoh", home, ignore=shutil.ignore_patterns("laporan"))
        else:
            self.side.run("sample", home)

    def _jambi(self) -> None:
        ignored = shutil.ignore_patterns("tabel", "laporan")
        city = shutil.copytree(self.side.code / "data" / "kota_jambi", self.side.home / "jambi", ignore=ignored)
        self.side.run("import", *sorted(city.glob("sumber/*.csv")), "--ruang-kerja", city)

    def _report(self, name: str) -> None:
        target, workspace = self.side.home / "pages" / name, self.side.home / name
        shutil.rmtree(workspace / "laporan", ignore_errors=True)
        target.mkdir(parents=True)
        wanted = self.opd if name == "contoh" and [*self.pages] == ["laporan_opd"] else ()
        how = ("--jobs", 2, *(() if "files" in self.kinds else ("--to", "html")), "--ruang-kerja", workspace)
        self.side.run("report", *wanted, *how, **{TO: str(target), PAGES: ",".join(self.pages)})
        if not any(target.iterdir()) and not self.pages:
            raise SystemExit(f"{self.side.name}: no page of {name} was run")
        made = workspace / "laporan"
        self.side.keep(f"{name}.json", sorted(str(one.relative_to(made)) for one in made.rglob("*") if one.is_file()))

    def _damaged(self) -> None:
        if self.given:
            shutil.copytree(self.given.home / "cacat", self.side.home / "cacat")
        else:
            self.side.run("sample", "--cacat", self.side.home / "cacat")

    def _check(self) -> None:
        place = self.side.home / "cacat"
        files = sorted(path for path in (place / "kiriman").rglob("*") if path.is_file())
        found = self.side.run("check", *files, "--json", "--ruang-kerja", place)
        self.side.keep("findings.json", json.loads(found))

    def _names(self) -> None:
        told = self.side.python("import json, same; print(json.dumps(same.names()))")
        self.side.keep("names.json", json.loads(told))


def compared(old: Side, new: Side, kinds: set[str], pages: Sequence[str], opd: Sequence[str]) -> Iterator[Difference]:
    """All differences between two snapshots."""
    workspaces = ["contoh"] if opd else ["contoh", "jambi"]
    for workspace in workspaces if "tables" in kinds else ():
        one, other = _tables(old.home / workspace), _tables(new.home / workspace)
        for name in sorted(one | other):
            where = f"tables/{workspace}/{name}"
            if name in one and name in other:
                yield from frame_differences(where, _frame(name, one[name]), _frame(name, other[name]))
            else:
                yield Difference(where, *("there" if name in tables else "(none)" for tables in (one, other)))
    for workspace in workspaces if "blocks" in kinds else ():
        shown = [_pages(side.home, workspace, pages, opd) for side in (old, new)]
        yield from differences("blocks", *shown)
    if "findings" in kinds:
        yield from differences("findings", *(findings(side.load("findings.json")) for side in (old, new)))
    if "names" in kinds:
        yield from differences("names", old.load("names.json"), new.load("names.json"))
    for workspace in workspaces if "files" in kinds else ():
        listed = [dict.fromkeys(side.load(f"{workspace}.json"), "there") for side in (old, new)]
        yield from differences(f"files/{workspace}", *listed)


def _tables(workspace: Path) -> dict[str, Path]:
    folder = workspace / "tabel"
    found = {path.relative_to(folder).with_suffix("").as_posix(): path for path in folder.rglob("*.parquet")}
    return {name: path for name, path in found.items() if name not in VOLATILE}


def _frame(name: str, path: Path) -> pd.DataFrame:
    """The table; its columns are called by name and type, for pandas does not keep all types apart."""
    import duckdb

    table = duckdb.read_parquet(str(path))
    frame: pd.DataFrame = table.df().set_axis(
        [f"{one} {kind}" for one, kind in zip(table.columns, table.types, strict=True)], axis=1
    )
    return frame.drop(columns=[one for one in frame.columns if f"{name}/{one.split()[0]}" in VOLATILE])


def _pages(home: Path, workspace: str, pages: Sequence[str], opd: Sequence[str]) -> dict[str, Any]:
    """Pages by notebook and abbreviation of the OPD; those of no OPD by the workspace."""
    import duckdb

    query = f"SELECT kode_opd, singkatan FROM read_parquet('{home / workspace / 'tabel' / 'opd.parquet'}')"
    short = dict(duckdb.connect().execute(query).fetchall()) if workspace == "contoh" else {}
    shown: dict[str, Any] = {}
    for path in sorted((home / "pages" / workspace).glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        office = str(short.get(record["opd"]) or record["opd"] or workspace)
        is_wanted = not opd or record["notebook"] != "laporan_opd" or {office, record["opd"]} & {*opd}
        if is_wanted and (not pages or record["notebook"] in pages):
            shown[f"{record['notebook']}/{office}"] = page(record)
    return shown


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def _code(rev: str, cache: Path) -> Side:
    sha = subprocess.run(
        ["git", "rev-parse", f"{rev}^{{commit}}"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    home = cache / sha.stdout.strip()
    if not (home / "code").exists():
        fresh = home / "code.fresh"
        fresh.mkdir(parents=True, exist_ok=True)
        archive = subprocess.run(["git", "archive", sha.stdout.strip()], cwd=ROOT, capture_output=True, check=True)
        subprocess.run(["tar", "-x", "-C", fresh], input=archive.stdout, check=True)
        fresh.rename(home / "code")
    return Side(f"{rev}", home / "code", home)


def main() -> int:
    """Compare, tell, and give the exit code."""
    words = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    listed: Any = lambda text: [part for part in text.split(",") if part]  # noqa: E731
    words.add_argument("rev")
    words.add_argument("--only", type=listed, default=[], help=",".join(KINDS))
    words.add_argument("--pages", type=listed, default=[], help="notebooks")
    words.add_argument("--opd", type=listed, default=[], help="abbreviations or codes; pages: laporan_opd")
    words.add_argument("--most", type=int, default=20, help="how many differences to print")
    words.add_argument("--workspace", choices=["REV", "own"], default="REV", help="own: build the sample in any case")
    asked = words.parse_args()
    pages = asked.pages or ["laporan_opd"] * bool(asked.opd)
    kinds = {*(asked.only or (["blocks"] if pages else KINDS))}
    if unknown := kinds - {*KINDS}:
        words.error(f"unknown: {', '.join(unknown)}")
    entries = allowed(ALLOWED.read_text(encoding="utf-8"))
    old = _code(asked.rev, Path(os.environ.get("PKANALYSIS_SAME_CACHE") or ROOT / ".same").resolve())
    with FileLock(old.home / "lock"):
        Snapshot(old, kinds | ({"files"} if "blocks" in kinds else set())).take()
    with tempfile.TemporaryDirectory(prefix="same-") as folder:
        new = Side("this tree", ROOT, Path(folder))
        Snapshot(new, kinds | ({"tables"} if asked.workspace == "own" else set()), pages, asked.opd, old).take()
        found = list(compared(old, new, kinds, pages, asked.opd))
    return told(found, [entry for entry in entries if entry.kind in kinds], asked.most)


def told(found: Sequence[Difference], entries: Sequence[Allowed], most: int) -> int:
    """Print the first differences that are not allowed and the counts; 1 if there is any, else 0."""
    wrong = [item for item in found if not any(entry.fits(item) for entry in entries)]
    for item in wrong[:most]:
        print(item)
    for kind, count in Counter(item.kind for item in found).items():
        print(f"{kind}: {count} differences, {sum(item.kind == kind for item in wrong)} not allowed")
    for entry in entries:
        if not any(entry.fits(item) for item in found):
            _say(f"hint: nothing fits {entry.where!r} ({entry.reason})")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
