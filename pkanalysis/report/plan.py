"""What a batch will make: one page per OPD that has data, the summary of all, and the published figures.

One notebook, run with the parameters that the user typed and rendered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from pkanalysis import config
from pkanalysis.config import SAMPLE_MARK
from pkanalysis.errors import PkError
from pkanalysis.report import notebooks, parts
from pkanalysis.report.formats import FORMATS, SAMPLE, plain, slugs
from pkanalysis.report.manifest import Entry, Manifest, combined, fingerprint
from pkanalysis.report.notebooks import check, check_file
from pkanalysis.report.processes import Engine
from pkanalysis.report.rendering import Job
from pkanalysis.store import Workspace
from pkanalysis.store.parquet import digests
from pkanalysis.vocabulary import last_month

CITY = "Ringkasan seluruh OPD"
EFFICIENCY = "Pelaksanaan efisiensi belanja"
RELATION = "Kaitan pengurangan anggaran dan capaian"
TRENDS = "Capaian IKU dan trennya"
PUBLISHED = "Angka terbit"
QUALITY = "Mutu data"


@dataclass(frozen=True)
class Request:
    """What the user asked for; ``opd`` empty = all."""

    year: int
    period: str
    opd: tuple[str, ...] = ()
    jobs: int = 1
    engine: Engine = "fork"
    formats: tuple[str, ...] = FORMATS
    is_forced: bool = False
    is_retry: bool = False


@dataclass(frozen=True)
class Planned:
    """One page: how to make it, and its entry in the manifest."""

    job: Job
    entry: Entry


def folder(workspace: Workspace, request: Request) -> Path:
    """Where the pages of this year and period are."""
    return workspace.path / "laporan" / f"{request.year}_{request.period}"


def plan(workspace: Workspace, request: Request) -> list[Planned]:
    """Every page asked for, with checked parameters; nothing has been run yet.

    Raises
    ------
    PkError
        A parameter or OPD is not known, or the workspace holds nothing to report on.
    """
    check("laporan_opd", {"tahun": request.year, "periode": request.period})
    known = _with_data(workspace, request.year)
    wanted = [workspace.opd(name).code for name in request.opd] or list(known.index)
    if without := [code for code in wanted if code not in known.index]:
        raise PkError(f"OPD {without[0]} belum punya data tahun {request.year}; impor berkasnya dahulu.")
    abbreviations = dict(zip(known.index, known["singkatan"].fillna(""), strict=True))
    data = digests(workspace)
    names, files = dict(zip(known.index, known["nama_opd"], strict=True)), slugs(abbreviations)
    peers, moved = _peers(workspace, request), _moved(workspace, request)
    marks = {code: combined([data[code], peers.get(code, ""), moved.get(code, "")]) for code in wanted}
    pages = [_opd_page(workspace, request, Entry(code, names[code], files[code], marks[code])) for code in wanted]
    if not request.opd:
        pages += _common_pages(workspace, request, data if pages else {})
    if not pages:
        raise PkError(f"{workspace.path} belum berisi data; impor berkas dengan `pkanalysis import`.")
    return pages


def due(pages: Sequence[Planned], before: Manifest | None, request: Request) -> list[Planned]:
    """The pages to make now: forced, failed last time (``--retry``), or changed.

    A page is made in the formats asked for and in those it was last made in: none is left of
    older data, and none vanishes.
    """
    last = {entry.key: entry for entry in before.laporan} if before else {}
    if request.is_retry:
        failed = {key for key, entry in last.items() if entry.is_failed}
        return [_in_formats(page, last) for page in pages if page.entry.key in failed]
    every = [_in_formats(page, last) for page in pages]
    return [page for page in every if request.is_forced or not _is_current(page, last)]


def _in_formats(page: Planned, last: Mapping[str, Entry]) -> Planned:
    """The page, also in the formats of its last entry."""
    earlier = last[page.entry.key].bentuk if page.entry.key in last else ()
    return replace(page, job=page.job.renewing(earlier))


def _is_current(page: Planned, last: Mapping[str, Entry]) -> bool:
    return page.entry.key in last and last[page.entry.key].is_current(page.job, page.entry.sidik)


def _with_data(workspace: Workspace, year: int) -> pd.DataFrame:
    """The OPD that have anything of that year: budget, spending, targets or values."""
    tables = [workspace[name] for name in ("anggaran", "realisasi_anggaran", "target", "realisasi")]
    codes = {code for table in tables for code in table.loc[table["tahun"].eq(year), "kode_opd"].unique()}
    opd = workspace["opd"].set_index("kode_opd")
    years = sorted({int(found) for table in tables for found in table["tahun"].unique()})
    if years and year not in years:
        raise PkError(
            f"Tahun {year} belum ada datanya di {workspace.path.name}; yang ada: {', '.join(map(str, years))}."
        )
    return opd[opd.index.isin(codes)]


def _peers(workspace: Workspace, request: Request) -> dict[str, str]:
    """What an OPD report shows of the OPD of its kind, as printed, by ``kode_opd``; none before the first stage."""
    try:
        rows = workspace.derived("ringkasan_opd")
    except PkError:
        return {}
    own = rows[rows["tahun"].eq(request.year) & rows["periode"].eq(request.period)].round(1)
    marks = {str(kind): part.to_csv(index=False) for kind, part in own.groupby("jenis")}
    return {str(code): marks.get(str(kind), "") for code, kind in zip(own["kode_opd"], own["jenis"], strict=True)}


def _moved(workspace: Workspace, request: Request) -> dict[str, str]:
    """What an OPD report says of its indicators over the years, by ``kode_opd``: all indicators are tested together."""
    try:
        rows = workspace.derived("tren_iku")
    except PkError:
        return {}
    until = request.year - (last_month(request.period) < 12)
    own = rows[rows["sampai_tahun"].eq(until)]
    return {str(code): part["kalimat_opd"].to_csv(index=False) for code, part in own.groupby("kode_opd")}


def _opd_page(workspace: Workspace, request: Request, draft: Entry) -> Planned:
    given = {"opd": draft.kode_opd, "tahun": request.year, "periode": request.period}
    file = f"{draft.berkas}_{request.year}_{request.period}"
    return _page(workspace, request, "laporan_opd", given, replace(draft, berkas=file))


def _common_pages(workspace: Workspace, request: Request, data: Mapping[str, str]) -> Iterator[Planned]:
    """The pages that are not about one OPD, as far as the workspace has data for them."""
    moment, given = f"{request.year}_{request.period}", {"tahun": request.year, "periode": request.period}
    figures = workspace["angka_terbit"]
    published, macro = _fingerprint(figures), _fingerprint(figures[figures["topik"].eq("makro")])
    if data:
        entry = Entry("", CITY, f"RINGKASAN_{moment}", combined(data.values()))
        yield _page(workspace, request, "ringkasan_kota", given, entry)
        entry = Entry("", EFFICIENCY, f"EFISIENSI_{moment}", combined(data.values()))
        yield _page(workspace, request, "efisiensi_anggaran", given, entry)
        entry = Entry("", RELATION, f"KAITAN_{moment}", combined(data.values()))
        yield _page(workspace, request, "kaitan_anggaran_kinerja", given, entry)
    if data or macro:
        entry = Entry("", TRENDS, f"TREN_IKU_{moment}", combined([*data.values(), macro]))
        yield _page(workspace, request, "tren_iku", given, entry)
    if published:
        yield _page(workspace, request, "seri_terbit", {}, Entry("", PUBLISHED, "ANGKA_TERBIT", published))
    files = workspace["berkas"]
    if not files.empty:
        entry = Entry("", QUALITY, "MUTU_DATA", _fingerprint(files.drop(columns="diimpor"), workspace["temuan"]))
        yield _page(workspace, request, "kualitas_data", {}, entry)


def _fingerprint(*frames: pd.DataFrame) -> str:
    """SHA-256 over the rows of all frames; empty where none has any."""
    rows = b"".join(pd.util.hash_pandas_object(frame, index=False).to_numpy().tobytes() for frame in frames)
    return hashlib.sha256(rows).hexdigest() if rows else ""


def _page(workspace: Workspace, request: Request, notebook: str, given: dict[str, object], draft: Entry) -> Planned:
    """Complete a draft entry whose ``sidik`` is so far only that of its data."""
    path, parameters = notebooks.find(notebook), check(notebook, {"ruang_kerja": str(workspace.path)} | given)
    kop = letterhead(workspace)
    mark = fingerprint(path, parameters, draft.sidik, [workspace.path / config.FILE, *kop])
    file = f"{draft.berkas}{SAMPLE if workspace.is_sample else ''}.html"
    job = Job(
        path,
        parameters,
        folder(workspace, request) / file,
        words(workspace, draft.nama),
        request.engine,
        request.formats,
        "".join(map(str, kop)),
        parts.is_in(path),
    )
    return Planned(job, replace(draft, berkas=file, sidik=mark))


def letterhead(workspace: Workspace) -> list[Path]:
    """The DOCX with the letterhead, if ``[laporan] kop`` names one.

    Raises
    ------
    PkError
        The file is not there.
    """
    name = workspace.config.laporan.kop
    path = workspace.path / name
    if name and not path.is_file():
        raise PkError(f"Kop {path} tidak ada; perbaiki [laporan] kop di {config.FILE} atau letakkan berkasnya.")
    return [path] if name else []


def words(workspace: Workspace, agency: str) -> dict[str, str]:
    """Head, foot and sample mark of a page that has no Cover block of its own."""
    report = workspace.config.laporan
    return {
        "title": f"Laporan {workspace.config.daerah}",
        "agency": agency,
        "footer": " · ".join(word for word in (workspace.config.daerah, report.edisi, report.status) if word),
        "mark": SAMPLE_MARK if workspace.is_sample else "",
    }


def single(
    workspace: Workspace,
    notebook: str,
    given: Mapping[str, Any],
    target: Path | None,
    engine: Engine,
    formats: tuple[str, ...],
) -> Job:
    """Check everything before the run; the page goes to ``target`` or into ``laporan/`` of the workspace.

    Raises
    ------
    PkError
        No such notebook, or a parameter that it does not take.
    """
    path = notebooks.find(notebook)
    parameters = check_file(path, given)
    if "ruang_kerja" in parameters:
        parameters["ruang_kerja"] = str(workspace.path)
    own = [plain(str(value)) for name, value in given.items() if name != "ruang_kerja"]
    file = "_".join([path.stem, *own]) + (SAMPLE if workspace.is_sample else "")
    page = (target or workspace.path / "laporan" / f"{file}.html").resolve()
    head, kop = words(workspace, workspace.config.daerah), "".join(map(str, letterhead(workspace)))
    made = Job(path, parameters, page, head, engine, formats, kop, parts.is_in(path))
    return made if target else made.renewing()  # what lies beside a target of the user's is not ours
