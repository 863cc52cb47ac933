"""Table 1: the seven points of Inpres 1/2025 diktum KEEMPAT, and the words that call for a look."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pkanalysis.analysis.budget.accounts import refine
from pkanalysis.analysis.budget.directive import SPREAD_POINT, TRANSFER_POINT, Parts
from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Note, Phrase, Table
from pkanalysis.show.cells import rupiah
from pkanalysis.show.efficiency.comparison import Comparison
from pkanalysis.show.values import Value, is_missing

AMOUNTS = (
    Column("pagu_sebelum_rp", "Sebelum (Rp)", "rp"),
    Column("pagu_sesudah_rp", "Sesudah (Rp)", "rp"),
    Column("pengurangan_rp", "Pengurangan (Rp)", "rp"),
    Column("penambahan_rp", "Penambahan (Rp)", "rp"),
    Column("persen", "%", "persen", 1),
)
NOTE = (
    "Kotor pada tingkat baris belanja. Pengurangan karena TKD hanya dihitung pada butir TKD dan tidak dapat "
    "dialihkan. Persen = (sesudah − sebelum) ÷ sebelum. Hanya perjalanan dinas yang mempunyai angka ketentuan; butir "
    "lain berbunyi membatasi, mengurangi, atau selektif. Berkurang pada pos sasaran belum tentu karena Inpres."
)


def seven_points(pair: Comparison, points: pd.DataFrame, parts: Parts) -> Table | Note:
    """The seven points with how certain the accounts are, and their sum up to the whole decrease.

    ``points`` is the result of :func:`pkanalysis.analysis.budget.directive.seven_points`.
    """
    if refused := pair.refused("tujuh-angka"):
        return refused
    columns = (
        Column("angka", "Angka", "bulat"),
        Column("ketentuan", "Ketentuan", wide=True),
        *AMOUNTS,
        Column("keyakinan", "Keyakinan data", wide=True),
    )
    rows = [_row(row) for row in points.to_dict("records")]
    limited = points[~points["angka"].isin((SPREAD_POINT, TRANSFER_POINT))]["pengurangan_rp"].sum()
    rest = parts.chosen_rp - int(limited)
    rows[-1:] = [
        _sum("Jumlah pengurangan pada pos yang diminta dibatasi", int(limited)),
        _sum("Pengurangan lain, di luar ketujuh butir", rest, "di luar sasaran, pembanding APBN, atau tidak terurai"),
        _sum("Jumlah pilihan daerah", parts.chosen_rp),
        rows[-1],
        _sum("Jumlah pengurangan", parts.decrease_rp),
    ]
    totals = tuple(place for place, row in enumerate(rows) if str(row[1]).startswith("Jumlah"))
    return Table(
        **pair.block("tujuh-angka", "Rekapitulasi menurut diktum KEEMPAT Inpres 1/2025"),
        columns=columns,
        rows=tuple(rows),
        totals=totals,
        note=pair.note(NOTE),
        source=pair.setting.budget_source,
    )


def _row(point: dict[Any, Any]) -> tuple[Any, ...]:
    amounts = [point[column.name] for column in AMOUNTS]
    return (point["angka"], point["ketentuan"], *amounts, certainty(point))


def _sum(name: str, amount: int, remark: str = "") -> tuple[Any, ...]:
    empty = Value("", "teks")
    return (empty, name, empty, empty, amount, empty, empty, remark)


def certainty(point: dict[Any, Any]) -> Phrase | str:
    """How the decrease of a point splits by certainty; in words where it does not."""
    if point["angka"] == SPREAD_POINT:
        return "lihat penambahan menurut bidang dan sebaran antar-SKPD"
    if point["angka"] == TRANSFER_POINT:
        return "menurut sumber dana atau isian OPD"
    known = {name: point[f"{name}_rp"] for name in ("pasti", "taksiran", "perlu_telaah")}
    some = {name: amount for name, amount in known.items() if not is_missing(amount) and amount}
    if not some:
        return "tidak ada pengurangan"
    said = " · ".join(f"{words.CERTAINTIES[name]} {{{name}}}" for name in some)
    return Phrase(said, {name: rupiah(amount) for name, amount in some.items()})


def marked(pair: Comparison, lines: pd.DataFrame) -> pd.DataFrame:
    """Lines of the two stages with a word that calls for a look: one row per line and subject (``pokok``).

    The index is that of ``lines``, so a line with two subjects stands there twice.
    """
    own = lines[lines["tahap"].isin(pair.codes)]
    hits = refine(own)["kata_kunci"].str.split("; ").explode()
    hits = hits[hits.ne("")].str.split(": ").str[0].rename("pokok")
    return own.join(hits, how="inner")


def by_words(pair: Comparison, lines: pd.DataFrame) -> Table | Note:
    """Lines with a word that calls for a look, by what the word points to; no line changes its class for it.

    ``lines`` is the result of :func:`marked`.
    """
    if refused := pair.refused("kata-kunci", is_by_account=False):
        return refused
    if lines.empty:
        said = "Tidak ada baris yang nama sub kegiatan atau paketnya memuat kata yang perlu ditelaah."
        return Note(**pair.block("kata-kunci"), items=(Phrase(said),))
    sums = lines.pivot_table(index="pokok", columns="tahap", values="pagu_rp", aggfunc=["sum", "count"], fill_value=0)
    rows = tuple(
        (
            words.heading(words.category(str(name))),
            _found(sums, "count", name, pair.before),
            _found(sums, "sum", name, pair.before),
            _found(sums, "count", name, pair.after),
            _found(sums, "sum", name, pair.after),
        )
        for name in sums.index
    )
    first, last = (pair.setting.stage_name(code) for code in pair.codes)
    return Table(
        **pair.block("kata-kunci", "Baris yang namanya perlu ditelaah, karena tidak ada rekeningnya"),
        columns=(
            Column("pokok", "Pokok kata", wide=True),
            Column("n_sebelum", f"Baris, {first}", "bulat"),
            Column("sebelum", f"{first} (Rp)", "rp"),
            Column("n_sesudah", f"Baris, {last}", "bulat"),
            Column("sesudah", f"{last} (Rp)", "rp"),
        ),
        rows=rows,
        note=pair.note(
            "Kata pada nama sub kegiatan atau paket hanya menandai baris untuk dilihat orang; satu baris dapat memuat "
            "lebih dari satu pokok, sehingga tidak dijumlahkan."
        ),
        source=pair.setting.budget_source,
    )


def _found(sums: pd.DataFrame, kind: str, name: Any, stage: str) -> int:
    return int(sums.loc[name, (kind, stage)]) if (kind, stage) in sums.columns else 0
