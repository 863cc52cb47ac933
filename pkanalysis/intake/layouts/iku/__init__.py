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
from pkanalysis.intake.layouts.iku.computed import aggregation, cumulated, printed
from pkanalysis.intake.layouts.iku.headings import lists
from pkanalysis.intake.layouts.iku.items import Item, Reported, items
from pkanalysis.intake.layouts.iku.remarks import Seen, settle
from pkanalysis.intake.layouts.iku.rows import bodies
from pkanalysis.intake.reading import Layout, Reading, Slice

NAME = "iku"
_REGION = re.compile(r"(?i)(pemerintah\s+)?(kabupaten|kab\.?|kota|provinsi|pemkab|pemkot|pemda|daerah)\b(\s+\w+){0,3}")
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
    """Rows of ``opd`` (with stand-in codes), ``indikator``, ``target`` and ``realisasi``."""
    rows: dict[str, list[Row]] = {"opd": [], "indikator": [], "target": [], "realisasi": []}
    for item in kept:
        place: Row = {"lembar": item.sheet, "baris": item.row}
        if item.office:
            place = {"kode_opd": item.office.code, **place}
            rows["opd"].append({"nama_opd": item.office.name, **place})
        place = {"kode_indikator": item.code, **place}
        rows["indikator"].append(place | _about(item))
        to_date = cumulated(item)
        rows["target"] += [
            place | _value(told, to_date.get(told.place, told.value.number))
            | {"dokumen": told.document, "ke": int(told.document == "pk_perubahan"), "nilai_atas": told.value.upper}
            for told in item.of("target") if told.value.number is not None or told.value.letter
        ]  # fmt: skip
        status = "sementara" if _DRAFT.search(item.words.get("status", "")) else "final"
        rows["realisasi"] += [
            place | _value(told, told.value.number)
            | {"status": told.value.status or status, "capaian_tercetak": printed(item, told)}
            for told in item.of("realisasi") if not told.value.is_empty
        ]  # fmt: skip
    tables = {name: pd.DataFrame(found) for name, found in rows.items()}
    for name, key in (("opd", "kode_opd"), ("indikator", "kode_indikator")):
        tables[name] = tables[name].drop_duplicates(key)
    return tables


def _about(item: Item) -> Row:
    is_region = item.office is not None and _REGION.fullmatch(item.office.name)
    return {
        "nama_indikator": item.subject,
        "tingkat": "iku_kota" if is_region else "iku_opd",
        "sasaran": item.words.get("sasaran") or None,
        "satuan": item.unit or None,
        "polaritas": item.polarity,
        "agregasi": aggregation(item),
        "definisi": item.words.get("definisi") or None,
        "sumber": item.words.get("sumber_data") or None,
    }


def _value(told: Reported, number: float | None) -> Row:
    """One value with its year and period; the target of a quarter is to date, a realisasi is never a range."""
    letter = told.value.letter or None
    return {"tahun": told.year, "periode": told.period, "nilai": number, "nilai_huruf": letter}
