"""Lists of IKU or of a Perjanjian Kinerja: indicator, target, realisasi, direction, as e-SAKIP and LAKIP give them.

Every row is stored or named in a finding. A row without direction is not stored, because without it no
achievement can be computed; only a list that has no direction column at all is read as ``naik_baik``,
with a warning, and even then not against the name of an indicator.
"""

from __future__ import annotations

import re

import pandas as pd

from pkanalysis.config import Config
from pkanalysis.intake.book import Book
from pkanalysis.intake.findings import Finding, finding
from pkanalysis.intake.layouts.iku.headings import lists
from pkanalysis.intake.layouts.iku.items import Item, aggregation, cumulated, items, printed
from pkanalysis.intake.layouts.iku.remarks import Seen, settle
from pkanalysis.intake.layouts.iku.rows import bodies
from pkanalysis.intake.reading import Layout, Reading, Slice

NAME = "iku"
_REGION = re.compile(r"(?i)(pemerintah\s+)?(kabupaten|kab\.?|kota|provinsi|pemkab|pemkot|pemda|daerah)\b(\s+\w+){0,3}")
_WORDS = {"sasaran": "sasaran", "definisi": "definisi", "sumber": "sumber_data"}
"""Fields of ``indikator`` by the columns of the list that hold them."""
_DRAFT = re.compile(r"(?i)draf|sementara|belum final")


def recognise(book: Book) -> str | None:
    """Reason why the book is a list of indicators, or ``None``."""
    for sheet, heading in lists(book):
        columns = [heading.titles[heading.fields["indikator"]], *(item.title for item in heading.measures)]
        return f"lembar {sheet} punya kolom {', '.join(columns)}"
    return None


def read(book: Book, config: Config, stage: str) -> Reading:  # noqa: ARG001 (targets have documents, not stages)
    """Offices, indicators, targets and actuals of every list in the book."""
    findings: list[Finding] = []
    kept: list[Item] = []
    seen: Seen = {}
    for body in bodies(book):
        own, told = settle(book.name, body.heading, items(body), seen)
        kept += own
        findings += [*body.findings, *told]
    if not kept:
        return Reading(NAME, "", {}, [*findings, finding("IKU_TANPA_INDIKATOR", book.name)])
    if any(not told.year for item in kept for told in item.reported):
        return Reading(NAME, "", {}, [*findings, finding("IKU_TANPA_TAHUN", book.name, kept[0].sheet)])
    offices = len({item.office.code for item in kept if item.office and not item.office.given})
    codes = f"{offices} OPD dan " if offices else ""
    codes += f"{len({item.code for item in kept})} indikator"
    findings.append(finding("IKU_KODE_PENGGANTI", book.name, yang=codes))
    tables = _tables(kept)
    known = tuple(sorted(set(tables["opd"]["kode_opd"])))
    years = sorted({told.year for item in kept for told in item.reported})
    slices = tuple(Slice(NAME, year, "tahunan", known) for year in years)
    return Reading(NAME, "", {name: frame for name, frame in tables.items() if len(frame)}, findings, slices)


LAYOUT = Layout(
    NAME,
    "daftar dengan judul kolom OPD, Indikator, Target (boleh bertahun) dan Realisasi, sebaiknya juga Satuan dan Arah",
    recognise,
    read,
)

Row = dict[str, str | float | None]


def _tables(kept: list[Item]) -> dict[str, pd.DataFrame]:
    """Rows of ``opd`` (with stand-in codes), ``indikator``, ``target`` and ``realisasi``.

    The target of a quarter is to date; a realisasi is never a range.
    """
    rows: dict[str, list[Row]] = {"opd": [], "indikator": [], "target": [], "realisasi": []}
    for item in kept:
        place: Row = {"lembar": item.sheet, "baris": item.row}
        if item.office:
            place = {"kode_opd": item.office.code, **place}
            rows["opd"].append({"nama_opd": item.office.name, **place})
        place = {"kode_indikator": item.code, **place}
        is_region = item.office is not None and _REGION.fullmatch(item.office.name)
        about: Row = {field: item.words.get(words) or None for field, words in _WORDS.items()}
        rows["indikator"].append(place | about | {
            "nama_indikator": item.subject, "tingkat": "iku_kota" if is_region else "iku_opd",
            "satuan": item.unit or None, "polaritas": item.polarity, "agregasi": aggregation(item),
        })  # fmt: skip
        to_date = cumulated(item)
        status = "sementara" if _DRAFT.search(item.words.get("status", "")) else "final"
        for told in [*item.of("target"), *item.of("realisasi")]:
            kind, value = told.measure.kind, told.value
            if value.is_empty or (kind == "target" and value.number is None and not value.letter):
                continue
            row = place | {"tahun": told.year, "periode": told.period, "nilai_huruf": value.letter or None}
            if kind == "target":
                row |= {"nilai": to_date.get(told.place, value.number), "nilai_atas": value.upper}
                row |= {"dokumen": told.document, "ke": int(told.document == "pk_perubahan")}
            else:
                row |= {"nilai": value.number, "status": value.status or status}
                row |= {"capaian_tercetak": printed(item, told)}
            rows[kind].append(row)
    tables = {name: pd.DataFrame(found) for name, found in rows.items()}
    for name, key in (("opd", "kode_opd"), ("indikator", "kode_indikator")):
        tables[name] = tables[name].drop_duplicates(key)
    return tables
