"""Taking files into a workspace: each file whole or not at all, old slices out and new rows in; and checking files."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from pkanalysis import intake
from pkanalysis.config import FILE
from pkanalysis.errors import PkError
from pkanalysis.intake.findings import Finding, as_rows, finding, refused
from pkanalysis.intake.reading import Reading, Slice
from pkanalysis.store import parquet
from pkanalysis.store.against import against
from pkanalysis.store.offices import under_official_codes
from pkanalysis.store.parquet import locked, of_file
from pkanalysis.store.workspace import Workspace
from pkanalysis.tables import TABLES, conform


def is_replaced(piece: Slice, name: str, old: pd.DataFrame, new: pd.DataFrame, files: pd.DataFrame) -> pd.Series:
    """Which rows ``old`` of table ``name`` give way to ``new``.

    Budget, spending and cash plan are counted from one file only: rows of the same SKPD, year, and stage or
    months go whatever their layout. Spending and cash plan of an earlier file of the same layout go whole where
    its months overlap, because a corrected file may end earlier; before a cumulative file all that follows its
    first month goes, because stored rows do not tell whether they are cumulative. Elsewhere, and where the file
    has no row of that table, the layout's own slice goes.

    Parameters
    ----------
    piece : Slice
    name : str
    old, new : pandas.DataFrame
        Rows stored and rows to come.
    files : pandas.DataFrame
        Table ``berkas``, without the file to come.

    Returns
    -------
    pandas.Series of bool
        Aligned with ``old``.
    """
    is_here = pd.Series(True, index=old.index)
    if "kode_opd" in old:
        is_here &= old["kode_opd"].isin(piece.opd)
    if piece.activities and "kode_sub_kegiatan" in old:
        is_here &= old["kode_sub_kegiatan"].isin(piece.activities)
    own = files[files["tata_letak"].eq(piece.layout)]
    if TABLES[name].key or piece.year is None:
        alike = own[own["tahun"].fillna(0).eq(piece.year or 0) & own["tahap"].fillna("").eq(piece.stage)]
        return is_here & old["id_berkas"].isin(alike["id_berkas"])
    is_year = old["tahun"].eq(piece.year)
    is_own = old["id_berkas"].isin(own["id_berkas"])
    if "tahap" in old:
        is_alike = old["tahap"].eq(piece.stage)
    else:
        first, last = _span(piece, new)
        until = 12 if 0 < piece.since < last else last  # what follows the first month of cumulative figures goes too
        spans = old[is_year].groupby("id_berkas")["bulan"].agg(["min", "max"])
        overlapping = spans.index[spans["min"].le(until) & spans["max"].ge(first)]
        is_alike = old["bulan"].between(first, last) | is_own & old["id_berkas"].isin(overlapping)
    return is_here & is_year & is_alike & (is_own | bool(len(new)))


def _span(piece: Slice, new: pd.DataFrame) -> tuple[int, int]:
    """First and last month that ``new`` covers for the SKPD of the slice; without any row the whole year."""
    months = new.loc[new["kode_opd"].isin(piece.opd), "bulan"]
    return (piece.since or int(months.min()), int(months.max())) if len(months) else (1, 12)


def notices(reading: Reading, name: str, gone: pd.DataFrame, files: pd.DataFrame, file: str) -> Iterator[Finding]:
    """Warnings of ``file`` for rows ``gone`` that came in another layout, or whose months it does not have."""
    owned = gone.merge(files[["id_berkas", "nama_berkas", "tata_letak"]], on="id_berkas")
    owned["berkas"] = owned["nama_berkas"] + " (" + owned["tata_letak"] + ")"
    is_own = owned["tata_letak"].eq(reading.layout)
    if len(other := owned[~is_own]):
        names = ", ".join(sorted(set(other["berkas"])))
        yield finding("BARIS_DIGANTIKAN", file, banyak=len(other), tabel=name, berkas=names)
    if "bulan" not in owned:
        return
    is_covered = pd.Series(False, index=owned.index)
    for piece in reading.slices:
        span = _span(piece, reading.tables[name])
        is_covered |= owned["kode_opd"].isin(piece.opd) & owned["bulan"].between(*span)
    if len(lost := owned[is_own & ~is_covered]):
        months = ", ".join(map(str, sorted(set(lost["bulan"]))))
        yield finding("BULAN_DIKELUARKAN", file, bulan=months, berkas=", ".join(sorted(set(lost["berkas"]))))


def clashes(new: pd.DataFrame, known: pd.DataFrame, files: pd.DataFrame, file: str) -> list[Finding]:
    """An error per row of ``new`` whose ``kode_indikator`` stands in ``known`` for another OPD.

    Taking it over would put the figures of that OPD out.

    Parameters
    ----------
    new, known : pandas.DataFrame
        Rows of ``indikator``: of the file at hand, and those stored.
    files : pandas.DataFrame
        The table ``berkas``, for the name of the other file.
    file : str
        Name of the file at hand.
    """
    names = files.set_index("id_berkas")["nama_berkas"]
    both = new.merge(known, on="kode_indikator", suffixes=("", "_lain"))
    found = []
    for row in both[both["kode_opd"].ne(both["kode_opd_lain"])].to_dict("records"):
        where = (str(row["lembar"]), f"baris {row['baris']}", "kode_indikator", row["kode_indikator"])
        other = {"opd": row["kode_opd_lain"], "indikator": row["nama_indikator_lain"]}
        other["berkas"] = names.get(row["id_berkas_lain"], "berkas lain")
        found.append(finding("KODE_INDIKATOR_DIPAKAI", file, *where, **other))
    return found


@dataclass
class Shelf:
    """Tables in memory, read when first needed and written together by :meth:`flush`."""

    workspace: Workspace
    _frames: dict[str, pd.DataFrame] = field(default_factory=dict)

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._frames:
            self._frames[name] = self.workspace[name]
        return self._frames[name]

    def put(self, reading: Reading, file: pd.DataFrame) -> list[Finding]:
        """Replace the slices of ``reading`` by its rows; ``file`` is its one row for ``berkas``.

        A file that is there whole, as the same layout, year and stage, is left as it is.

        Returns
        -------
        list of Finding
            Warnings for rows of other files that went, and for what they contradict; see
            :func:`pkanalysis.store.importing.notices` and :func:`pkanalysis.store.against.against`.
        """
        code, own, found = file["id_berkas"].iloc[0], file["nama_berkas"].iloc[0], list[Finding]()
        filled = {name: rows for name, rows in reading.tables.items() if name != "opd" and len(rows)}
        is_whole = all(self[name]["id_berkas"].eq(code).sum() == len(rows) for name, rows in filled.items())
        is_known = not self["berkas"].merge(file[["id_berkas", "tata_letak", "tahun", "tahap"]]).empty
        if filled and is_known and is_whole:  # rows of opd do not count: every file completes them, the last owns them
            return []
        if "indikator" in reading.tables:
            indicators = reading.tables["indikator"].assign(id_berkas=code)
            if taken := clashes(indicators, self["indikator"], self["berkas"], own):
                return taken

        if code in set(self["berkas"]["id_berkas"]):
            for name in TABLES.keys() - {"opd"}:  # what it said of an OPD stays, other files have completed it
                self._frames[name] = self[name][self[name]["id_berkas"].ne(code)]
        before = {name: self[name] for name in TABLES}
        new = {name: conform(name, rows.assign(id_berkas=code)) for name, rows in reading.tables.items()}
        for name, rows in new.items():
            old, key = before[name], TABLES[name].key
            if name == "opd":  # a later file completes a row, it never empties it
                full = rows.set_index(key).combine_first(old.set_index(key)).reset_index()
                self._frames[name] = conform(name, full)
                continue
            is_gone = pd.Series(False, index=old.index)
            for piece in reading.slices:
                is_gone |= is_replaced(piece, name, old, rows, self["berkas"])
            kept = old[~is_gone]
            if key:
                kept = kept[~kept.set_index(key).index.isin(rows.set_index(key).index)]
            self._frames[name] = pd.concat([kept, rows], ignore_index=True)
            found += notices(reading, name, old[is_gone], self["berkas"], own)

        found += against(replace(reading, tables=new), own, before, self._frames, self.workspace.config)
        self._frames["berkas"] = pd.concat([self["berkas"], file], ignore_index=True)
        noted = as_rows([*reading.findings, *found], code)
        self._frames["temuan"] = pd.concat([self["temuan"], noted], ignore_index=True)
        return found

    def flush(self) -> None:
        """Write what changed; a file that no longer owns a row leaves the list of files, and its findings with it."""
        if not self._frames:
            return
        tables = TABLES.keys() - {"berkas", "temuan"}
        owners = {code for name in tables for code in self[name]["id_berkas"].unique()}
        for name in ("berkas", "temuan"):
            self._frames[name] = self[name][self[name]["id_berkas"].isin(owners)]
        frames = {}
        for name, frame in self._frames.items():
            order = [column for column in ("kode_opd", "tahun", *TABLES[name].key) if column in frame]
            frames[name] = conform(name, frame.sort_values(list(dict.fromkeys(order)), kind="stable"))
        parquet.write_all(self.workspace.path / "tabel", frames)
        self._frames.clear()


@dataclass(frozen=True)
class Taken:
    """What became of one file: its ``reading``, or the sentence why there is none."""

    path: Path
    reading: Reading | None
    refusal: str = ""

    @property
    def is_stored(self) -> bool:
        """Whether its rows are in the tables."""
        return self.reading is not None and not self.reading.has_errors

    @property
    def findings(self) -> list[Finding]:
        """Every finding; of a file that was not understood a single error, which says why."""
        if self.reading is not None:
            return self.reading.findings
        return [refused(self.path.name, self.refusal)]


@dataclass(frozen=True)
class Imported:
    """Under which layout and stage (or period) a file is in the tables; empty where it is not."""

    layout: str = ""
    stage: str = ""


def imported(workspace: Workspace, path: Path) -> Imported:
    """What ``berkas`` remembers of the file ``path``, known by its content; a file of several stages names them."""
    files = workspace["berkas"]
    found = files[files["sha256"] == of_file(path)] if path.is_file() else files.head(0)
    if found.empty:
        return Imported()
    stage = found["tahap"].fillna("").iloc[0]
    return Imported(found["tata_letak"].iloc[0], "" if "," in stage else stage)


def create(folder: Path, config_text: str) -> Workspace:
    """Make an empty workspace with the given ``pkanalysis.toml``; an existing one is left as it is."""
    folder = Path(folder)
    if not (folder / FILE).exists():
        for name in ("sumber", "tabel", "laporan"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_text(config_text, encoding="utf-8")
    return Workspace(folder)


def take(workspace: Workspace, path: Path, stage: str = "", layout: str = "") -> Reading:
    """Read, check and store one file; see :func:`take_all`.

    Raises
    ------
    PkError
        The file is not understood, or it belongs to the other kind of workspace (sample or real).
    """
    (taken,) = take_all(workspace, [path], stage, layout)
    if taken.reading is None:
        raise PkError(taken.refusal)
    return taken.reading


def take_all(workspace: Workspace, paths: Iterable[Path], stage: str = "", layout: str = "") -> list[Taken]:
    """Read, check and store files in the given order; the tables are written once, at the end.

    A file with an error finding, or one that is not understood, is kept out as a whole and does
    not stop the others. The same file again changes nothing; a corrected file replaces the slice
    (layout, year, stage, set of SKPD) that the first one filled. Budgets, spending and cash plans
    of the same SKPD, year, and stage or months are replaced whatever their layout, and a warning says so.

    Parameters
    ----------
    workspace : Workspace
    paths : iterable of Path
    stage, layout : str
        Budget stage and layout that the user named; empty to recognise them.
    """
    read = [_read(workspace, Path(path), stage, layout) for path in paths]
    with locked(workspace.path):
        shelf, taken = Shelf(workspace), list[Taken]()
        for item in read:
            reading = item.reading
            if reading is not None and not reading.has_errors:
                reading = under_official_codes(reading, workspace.config.alias_opd, shelf["opd"], item.path.name)
                replaced = shelf.put(reading, file_row(reading, item.path))
                reading = replace(reading, findings=[*reading.findings, *replaced])
            taken.append(replace(item, reading=reading))
        shelf.flush()

        sources = workspace.path / "sumber"
        for path in (item.path for item in taken if item.is_stored):  # as received; another of that name gets its own
            sources.mkdir(exist_ok=True)
            target = sources / path.name
            if target.exists() and of_file(target) != of_file(path):
                target = sources / f"{path.stem}_{of_file(path)[:12]}{path.suffix}"
            if not target.exists():
                shutil.copyfile(path, target)
    return taken


def _read(workspace: Workspace, path: Path, stage: str, layout: str) -> Taken:
    """What the file holds; a workspace takes data of its own kind only."""
    try:
        reading = intake.read(path, workspace.config, stage, layout)
    except PkError as error:
        return Taken(path, None, str(error))
    codes = reading.tables["opd"]["kode_opd"] if "opd" in reading.tables else pd.Series(dtype="str")
    is_sample = "CONTOH" in path.stem or bool(codes.str.match(r"X\d").any())
    if not reading.has_errors and is_sample != workspace.is_sample:
        kinds = {True: "data contoh", False: "data nyata"}
        refusal = (
            f"{path.name} berisi {kinds[is_sample]}, sedangkan ruang kerja {workspace.path.name} untuk "
            f"{kinds[workspace.is_sample]}; impor ke ruang kerja yang sejenis."
        )
        return Taken(path, None, refusal)
    return Taken(path, reading)


def file_row(reading: Reading, path: Path) -> pd.DataFrame:
    """The row of ``berkas`` for the file ``path`` and what was read from it."""
    sha256 = of_file(path)
    years = [piece.year for piece in reading.slices if piece.year is not None]
    row = {
        "id_berkas": sha256[:12],
        "nama_berkas": path.name,
        "sha256": sha256,
        "tata_letak": reading.layout,
        "tahun": years[0] if years else None,
        "tahap": ", ".join(dict.fromkeys(piece.stage for piece in reading.slices if piece.stage)),
        "jumlah_baris": sum(len(frame) for frame in reading.tables.values()),
        "jumlah_opd": len({code for piece in reading.slices for code in piece.opd}),
        "diimpor": dt.datetime.now().replace(microsecond=0),
    }
    return conform("berkas", pd.DataFrame([row]))


def checked(workspace: Workspace, path: Path, stage: str = "", layout: str = "") -> list[Finding]:
    """Findings of one file; one that is not understood has a single error, which says why.

    One that is not stored yet is also held against the rows of other files, as when it is imported.

    Parameters
    ----------
    workspace : Workspace
        Its configuration is used; its tables stay as they are.
    path : pathlib.Path
    stage, layout : str
        Budget stage and layout that the user named; of a stored file what is not named is taken from its import.
    """
    try:
        known = imported(workspace, path)
    except OSError:
        known = Imported()  # of one that may not be read; opening it will say so
    try:
        reading = intake.read(path, workspace.config, stage or known.stage, layout or known.layout)
        across = [] if reading.has_errors or known.layout else Shelf(workspace).put(reading, file_row(reading, path))
        return [*reading.findings, *across]
    except PkError as error:
        return [refused(path.name, str(error))]
