"""What a run will make: one page per OPD that has data, the pages of all, or one notebook."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Mapping, Sequence
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

    An OPD has one if there is anything of it in that year: budget, spending, targets or values.

    Raises
    ------
    PkError
        A parameter or OPD is not known, or the workspace holds nothing to report on.
    """
    moment = {"tahun": request.year, "periode": request.period}
    notebooks.check("laporan_opd", moment)
    tables = [workspace[name] for name in ("anggaran", "realisasi_anggaran", "target", "realisasi")]
    years = sorted({int(found) for table in tables for found in table["tahun"].unique()})
    if years and request.year not in years:
        there = ", ".join(map(str, years))
        raise PkError(f"Tahun {request.year} belum ada datanya di {workspace.path.name}; yang ada: {there}.")
    having = {code for table in tables for code in table.loc[table["tahun"].eq(request.year), "kode_opd"].unique()}
    every = workspace["opd"].set_index("kode_opd")
    known = every[every.index.isin(having)]
    wanted = [workspace.opd(name).code for name in request.opd] or list(known.index)
    if without := [code for code in wanted if code not in known.index]:
        raise PkError(f"OPD {without[0]} belum punya data tahun {request.year}; impor berkasnya dahulu.")
    abbreviations = dict(zip(known.index, known["singkatan"].fillna(""), strict=True))
    names, files = dict(zip(known.index, known["nama_opd"], strict=True)), slugs(abbreviations)
    data, city_wide = digests(workspace), _city_wide(workspace, request)
    pages = []
    for code in wanted:
        mark = combined([data[code], *city_wide.get(code, ["", ""])])
        draft = Entry(code, names[code], f"{files[code]}_{request.year}_{request.period}", mark)
        pages.append(_page(workspace, request, "laporan_opd", {"opd": code} | moment, draft))
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
    made = []
    for page in pages:
        entry = last.get(page.entry.key)
        renewed = replace(page, job=page.job.renewing(entry.bentuk if entry else ()))
        is_current = entry is not None and entry.is_current(renewed.job, page.entry.sidik)
        if (entry is not None and entry.is_failed) if request.is_retry else (request.is_forced or not is_current):
            made.append(renewed)
    return made


def _city_wide(workspace: Workspace, request: Request) -> dict[str, list[str]]:
    """What an OPD report shows of city-wide results, as printed, by ``kode_opd``; none before the first stage.

    That is the OPD of its kind, and what is said of its indicators over the years, which are all tested together.
    """
    shown: dict[str, list[str]] = {}
    with contextlib.suppress(PkError):
        rows = workspace.derived("ringkasan_opd")
        own = rows[rows["tahun"].eq(request.year) & rows["periode"].eq(request.period)].round(1)
        marks = {str(kind): part.to_csv(index=False) for kind, part in own.groupby("jenis")}
        for code, kind in zip(own["kode_opd"], own["jenis"], strict=True):
            shown[str(code)] = [marks.get(str(kind), ""), ""]
    with contextlib.suppress(PkError):
        rows = workspace.derived("tren_iku")
        own = rows[rows["sampai_tahun"].eq(request.year - (last_month(request.period) < 12))]
        for code, part in own.groupby("kode_opd"):
            shown.setdefault(str(code), ["", ""])[1] = part["kalimat_opd"].to_csv(index=False)
    return shown


def _common_pages(workspace: Workspace, request: Request, data: Mapping[str, str]) -> list[Planned]:
    """The pages that are not about one OPD, as far as the workspace has data for them."""
    moment, given = f"{request.year}_{request.period}", {"tahun": request.year, "periode": request.period}
    figures, files = workspace["angka_terbit"], workspace["berkas"]
    published, macro = _fingerprint(figures), _fingerprint(figures[figures["topik"].eq("makro")])
    quality = "" if files.empty else _fingerprint(files.drop(columns="diimpor"), workspace["temuan"])
    own = combined(data.values()) if data else ""
    own_and_macro = combined([*data.values(), macro]) if data or macro else ""
    pages: tuple[tuple[str, str, str, str, Mapping[str, Any]], ...] = (
        (CITY, "ringkasan_kota", f"RINGKASAN_{moment}", own, given),
        (EFFICIENCY, "efisiensi_anggaran", f"EFISIENSI_{moment}", own, given),
        (RELATION, "kaitan_anggaran_kinerja", f"KAITAN_{moment}", own, given),
        (TRENDS, "tren_iku", f"TREN_IKU_{moment}", own_and_macro, given),
        (PUBLISHED, "seri_terbit", "ANGKA_TERBIT", published, {}),
        (QUALITY, "kualitas_data", "MUTU_DATA", quality, {}),
    )
    return [
        _page(workspace, request, notebook, own_given, Entry("", name, file, mark))
        for name, notebook, file, mark, own_given in pages
        if mark
    ]


def _fingerprint(*frames: pd.DataFrame) -> str:
    """SHA-256 over the rows of all frames; empty where none has any."""
    rows = b"".join(pd.util.hash_pandas_object(frame, index=False).to_numpy().tobytes() for frame in frames)
    return hashlib.sha256(rows).hexdigest() if rows else ""


def _page(workspace: Workspace, request: Request, notebook: str, given: Mapping[str, Any], draft: Entry) -> Planned:
    """Complete a draft entry whose ``sidik`` is so far only that of its data."""
    path = notebooks.find(notebook)
    parameters, kop = notebooks.check(notebook, {"ruang_kerja": str(workspace.path), **given}), letterhead(workspace)
    mark = fingerprint(path, parameters, draft.sidik, [workspace.path / config.FILE, *kop])
    file = f"{draft.berkas}{SAMPLE if workspace.is_sample else ''}.html"
    target, head = folder(workspace, request) / file, words(workspace, draft.nama)
    top = "".join(map(str, kop))
    job = Job(path, parameters, target, head, request.engine, request.formats, top, parts.has_annex(path))
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
    parameters = notebooks.check_file(path, given)
    if "ruang_kerja" in parameters:
        parameters["ruang_kerja"] = str(workspace.path)
    own = [plain(str(value)) for name, value in given.items() if name != "ruang_kerja"]
    file = "_".join([path.stem, *own]) + (SAMPLE if workspace.is_sample else "")
    page = (target or workspace.path / "laporan" / f"{file}.html").resolve()
    head, kop = words(workspace, workspace.config.daerah), "".join(map(str, letterhead(workspace)))
    made = Job(path, parameters, page, head, engine, formats, kop, parts.has_annex(path))
    return made if target else made.renewing()  # what lies beside a target of the user's is not ours
