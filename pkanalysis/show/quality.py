"""The page on the quality of the data: files imported, what the checks found in them, and rules by count."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from pkanalysis.show.blocks import Cover
from pkanalysis.show.tables import RowsOrBlock, table
from pkanalysis.show.values import Phrase, count, phrases
from pkanalysis.show.words import heading
from pkanalysis.vocabulary import LAYOUTS, SEVERITIES

if TYPE_CHECKING:
    from pkanalysis.intake.findings import Finding
    from pkanalysis.store import Opd, Workspace

MOST = 200
"""Findings listed on the page; the others are counted."""
MOST_OF_OPD = 10
"""Findings listed in the report of one OPD."""
LEVELS = ("peringatan", "catatan")
NONE = "Pemeriksaan otomatis tidak menemukan apa pun di berkas yang diimpor."
COMMAND = (
    "Berkasnya dapat diperiksa ulang dengan pkanalysis check --xlsx temuan.xlsx; dengan --salinan periksa/ setiap "
    "berkas mendapat salinan yang selnya berwarna."
)
NOT_NAMED = (
    "Tidak ada berkas yang disebut. Berkas dengan galat tidak disimpan; temuannya dapat dibaca di sini dengan "
    "pkanalysis run kualitas_data -p periksa=FOLDER."
)
MARKED = "Dengan pkanalysis check … --salinan periksa/ sel yang salah menjadi berwarna di salinan berkasnya."


def cover(ws: Workspace) -> Cover:
    """Title, and how many files were checked with how many findings."""
    levels = ws["temuan"]["tingkat"].value_counts()
    values = {"berkas": count(len(ws["berkas"]))} | {level: count(levels.get(level, 0)) for level in LEVELS}
    patterns = (
        "{berkas} berkas tersimpan; pemeriksaan saat impor menghasilkan {peringatan} peringatan dan {catatan} catatan.",
        "Berkas yang mengandung galat tidak pernah disimpan, jadi tidak ikut dihitung.",
    )
    return Cover(
        id="sampul",
        caption=f"Mutu data {ws.config.daerah}",
        is_sample=ws.is_sample,
        unit="Hasil pemeriksaan berkas yang diimpor",
        items=phrases(values, *patterns),
        footer=f"{ws.config.daerah} · Mutu data",
    )


@table("berkas", "Berkas yang diimpor", "nama_berkas judul tahun tahap jumlah_baris peringatan catatan",
       tahap="Tahap/periode", peringatan=("Peringatan", "bulat"), catatan=("Catatan", "bulat", 0, False))  # fmt: skip
def files(ws: Workspace) -> RowsOrBlock:
    """Every file in the tables, with its rows, warnings and notes."""
    found = pd.crosstab(ws["temuan"]["id_berkas"], ws["temuan"]["tingkat"]).reindex(columns=LEVELS)
    rows = ws["berkas"].join(found, on="id_berkas")
    rows[list(LEVELS)] = rows[list(LEVELS)].fillna(0).astype("int64")
    rows["judul"] = rows["tata_letak"].map(LAYOUTS).fillna(rows["tata_letak"])
    return rows.sort_values(["judul", "tahun", "nama_berkas"])


FOUND = "tingkat tempat aturan saran"
PLACE = ("Tempat", "teks", 0, True)


@table("temuan", "Temuan pemeriksaan", FOUND, tempat=PLACE)
def findings(ws: Workspace) -> RowsOrBlock:
    """The findings in the files imported, warnings first; at most :data:`MOST`, and how many more there are."""
    found = _in_order(ws["temuan"], ws["berkas"])
    return _first(found), {"note": COMMAND if found else NONE}


@table("diperiksa", "Temuan pada berkas yang belum disimpan", FOUND, tempat=PLACE)
def unstored(ws: Workspace, named: str) -> RowsOrBlock:
    """The findings in files that are not stored, errors first.

    Parameters
    ----------
    ws : Workspace
    named : str
        A file, or a folder whose files are read and checked now; relative to here or to the workspace.
        Empty: the table says how to name one.
    """
    from pkanalysis.store import checked

    if not named:
        return [], {"note": NOT_NAMED}
    place = next((path for path in (Path(named).expanduser(), ws.path / named) if path.exists()), Path(named))
    paths = sorted(path for path in place.iterdir() if path.is_file()) if place.is_dir() else [place]
    found = [finding for path in paths for finding in checked(ws, path)]
    found.sort(key=lambda item: SEVERITIES.index(item.severity))
    return _first(found), {"note": f"{len(paths)} berkas diperiksa di {place}. {MARKED if found else ''}".strip()}


def _first(found: list[Finding]) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = [(heading(item.severity), item.where, item.rule, item.remedy) for item in found]
    more = ("", Phrase("dan {n} temuan lain", {"n": count(len(found) - MOST)}), "", "")
    return [*rows[:MOST], more] if len(found) > MOST else rows


@table("aturan", "Temuan menurut aturan", "aturan tingkat temuan berkas")
def rules(ws: Workspace) -> RowsOrBlock:
    """How often each rule was not met, and in how many files; the most frequent first."""
    found = ws["temuan"].groupby(["tingkat", "aturan"])["id_berkas"].agg(temuan="size", berkas="nunique").reset_index()
    rows = found.assign(tingkat=found["tingkat"].map(heading))
    rows = rows.sort_values(["temuan", "aturan"], ascending=[False, True])
    return rows.head(MOST), {"note": "" if len(rows) else NONE}


def of_opd(opd: Opd) -> list[tuple[Any, Any]]:
    """Rows (where, what) on the warnings in the files of one OPD.

    Each warning of a file that holds this OPD only, at most :data:`MOST_OF_OPD`; one row for all other files.
    """
    sources = opd.files.sort_values("nama_berkas")
    found = opd["temuan"].query("tingkat == 'peringatan'")
    is_own = found["id_berkas"].isin(sources.loc[sources["jumlah_opd"].eq(1), "id_berkas"])
    listed = _in_order(found[is_own], sources)
    rows: list[tuple[Any, Any]] = [(item.where, item.rule) for item in listed[:MOST_OF_OPD]]
    if more := len(listed[MOST_OF_OPD:]):
        rows.append(("Berkas OPD ini", Phrase("dan {n} peringatan lain", {"n": count(more)})))
    shared = found.loc[~is_own, "id_berkas"]
    if len(shared):
        values = {"n": count(len(shared)), "m": count(shared.nunique())}
        pattern = "{n} peringatan di {m} berkas ini, tidak semuanya tentang OPD ini; lihat dengan pkanalysis check"
        rows.append(("Berkas yang memuat banyak OPD", Phrase(pattern, values)))
    return rows


def _in_order(found: pd.DataFrame, files: pd.DataFrame) -> list[Finding]:
    """Warnings before notes, then by file name, whatever the order of import; within a file as found."""
    from pkanalysis.intake.findings import from_rows  # here, because every layout comes with it

    names = found["id_berkas"].map(files.set_index("id_berkas")["nama_berkas"])
    order = found.assign(berkas=names, urutan=found["tingkat"].map(LEVELS.index))
    return from_rows(order.sort_values(["urutan", "berkas", "id_berkas"], kind="stable"), files)
