"""Lists of IKU or of a Perjanjian Kinerja: indicator, target, realisasi, direction, as e-SAKIP and LAKIP give them.

Every row is stored or named in a finding. A row without direction is not stored, because without it no
achievement can be computed; only a list that has no direction column at all is read as ``naik_baik``,
with a warning, and even then not against the name of an indicator.

Tidy rows of a list of indicators.
"""

from __future__ import annotations

import pandas as pd

from pkanalysis.config import Config
from pkanalysis.intake.book import Book
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.layouts.iku.computed import aggregation, cumulated, printed
from pkanalysis.intake.layouts.iku.headings import lists
from pkanalysis.intake.layouts.iku.items import Item, Reported, items
from pkanalysis.intake.layouts.iku.remarks import Seen, settle
from pkanalysis.intake.layouts.iku.rows import bodies, notes
from pkanalysis.intake.reading import Layout, Reading, Slice

Row = dict[str, str | float | None]


def offices(items: list[Item]) -> pd.DataFrame:
    """Rows of ``opd`` with stand-in codes."""
    rows = [
        {"kode_opd": item.office.code, "nama_opd": item.office.name, "lembar": item.sheet, "baris": item.row}
        for item in items
        if item.office
    ]
    return pd.DataFrame(rows).drop_duplicates("kode_opd")


def indicators(items: list[Item]) -> pd.DataFrame:
    """Rows of ``indikator``."""
    rows = [
        _place(item)
        | {
            "nama_indikator": item.subject,
            "tingkat": item.level,
            "sasaran": item.words.get("sasaran") or None,
            "satuan": item.unit or None,
            "polaritas": item.polarity,
            "agregasi": aggregation(item),
            "definisi": item.words.get("definisi") or None,
            "sumber": item.words.get("sumber_data") or None,
        }
        for item in items
    ]
    return pd.DataFrame(rows).drop_duplicates("kode_indikator")


def targets(items: list[Item]) -> pd.DataFrame:
    """Rows of ``target``; that of a quarter is to date."""
    rows = [
        _place(item) | _when(told) | {"dokumen": told.document, "ke": int(told.document == "pk_perubahan")}
        | {"nilai": to_date.get(told.place, told.value.number), "nilai_atas": told.value.upper}
        | {"nilai_huruf": told.value.letter or None}
        for item, to_date in ((item, cumulated(item)) for item in items)
        for told in item.of("target")
        if told.value.number is not None or told.value.letter
    ]  # fmt: skip
    return pd.DataFrame(rows)


def actuals(items: list[Item]) -> pd.DataFrame:
    """Rows of ``realisasi``; a range has no single value, so its lower end stands for it nowhere."""
    rows = [
        _place(item) | _when(told) | {"nilai": told.value.number, "nilai_huruf": told.value.letter or None}
        | {"status": told.value.status or ("sementara" if item.is_draft else "final")}
        | {"capaian_tercetak": printed(item, told)}
        for item in items
        for told in item.of("realisasi")
        if not told.value.is_empty
    ]  # fmt: skip
    return pd.DataFrame(rows)


def _place(item: Item) -> Row:
    return {
        "kode_indikator": item.code,
        "kode_opd": item.office.code if item.office else "",
        "lembar": item.sheet,
        "baris": item.row,
    }


def _when(told: Reported) -> Row:
    return {"tahun": told.year, "periode": told.period}


NAME = "iku"


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
    seen = Seen()
    for sheet, heading, rows in bodies(book):
        settled = settle(book.name, heading, items(book, sheet, heading, rows.rows), seen)
        kept += settled.items
        findings += [*notes(book, sheet, heading, rows), *settled.findings]
    if refused := _refused(book, kept):
        return Reading(NAME, "", {}, [*findings, *refused])
    findings.append(_stand_ins(book, kept))
    rows_of = {
        "opd": offices(kept),
        "indikator": indicators(kept),
        "target": targets(kept),
        "realisasi": actuals(kept),
    }
    codes = tuple(sorted(set(rows_of["opd"]["kode_opd"])))
    years = sorted({told.year for item in kept for told in item.reported})
    filled = tuple(Slice(NAME, year, "tahunan", codes) for year in years)
    return Reading(NAME, "", {name: frame for name, frame in rows_of.items() if len(frame)}, findings, filled)


def _refused(book: Book, kept: list[Item]) -> list[Finding]:
    """Errors: nothing to store, or no year anywhere."""
    if not kept:
        rule, remedy = "tidak ada baris indikator yang dapat disimpan", "perbaiki temuan lain, lalu impor lagi"
        return [Finding("galat", book.name, "", "", "", "", rule, remedy)]
    if any(not told.year for item in kept for told in item.reported):
        rule = "tahun tidak tertulis di judul kolom, kolom Tahun, judul lembar atau nama berkas"
        return [Finding("galat", book.name, kept[0].sheet, "", "", "", rule, "tambahkan kolom Tahun")]
    return []


def _stand_ins(book: Book, kept: list[Item]) -> Finding:
    offices = len({item.office.code for item in kept if item.office and not item.office.given})
    named = f"kode {offices} OPD dan " if offices else "kode "
    rule = (
        f"{named}{len({item.code for item in kept})} indikator dibentuk dari namanya, karena tidak tertulis di berkas"
    )
    return Finding("catatan", book.name, "", "", "", "", rule, "tidak perlu diubah; nama yang sama mendapat kode sama")


LAYOUT = Layout(
    NAME,
    "Daftar IKU / Perjanjian Kinerja",
    "daftar dengan judul kolom OPD, Indikator, Target (boleh bertahun) dan Realisasi, sebaiknya juga Satuan dan Arah",
    recognise,
    read,
)
