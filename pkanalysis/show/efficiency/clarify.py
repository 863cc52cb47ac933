"""Things to clarify: each pattern with its threshold from the configuration and the lines that triggered it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from pkanalysis.analysis.budget.accounts import is_targeted
from pkanalysis.analysis.budget.directive import carried_by
from pkanalysis.analysis.budget.patterns import (
    MEETINGS,
    Dispersion,
    Pattern,
    capital_cut,
    dispersion,
    leaked,
    refilled,
    relabelled,
    service_cut,
)
from pkanalysis.config import Patterns
from pkanalysis.show.blocks import Column, Note, Phrase, Table
from pkanalysis.show.cells import count, percent, plain, points, rupiah
from pkanalysis.show.efficiency.comparison import Comparison

WHY = (
    "Pola bukan putusan: setiap baris dapat mempunyai alasan yang baik. Ambang dari [pola] pkanalysis.toml; baris "
    "pemicunya pada lampiran."
)


@dataclass(frozen=True)
class Found:
    """What every pattern found in the step (``refilled``: over all stages)."""

    refilled: Pattern
    leaked: Pattern
    capital: Pattern
    service: Pattern
    relabelled: Pattern
    spread: Dispersion
    carried: pd.DataFrame


def patterns(steps: pd.DataFrame, step: pd.DataFrame, causes: pd.DataFrame, limits: Patterns) -> Found:
    """Every pattern with the thresholds of the configuration.

    Parameters
    ----------
    steps, step : DataFrame
        All steps from murni, and the one that is compared.
    causes : DataFrame
        Rows of ``perubahan_anggaran``.
    """
    is_target = is_targeted(step["kode_rekening"])
    return Found(
        refilled(steps, None, limits.naik_lagi_rp, limits.naik_lagi_pct, limits.naik_lagi_dipotong_pct),
        leaked(step, limits.pos_pengganti or tuple(MEETINGS), limits.pengganti_rp, limits.pengganti_pct),
        capital_cut(step, causes, limits.sebab_modal, limits.modal_rp),
        service_cut(step, limits.spm, limits.spm_rp),
        relabelled(step, limits.pindah_kode_rp),
        dispersion(step[is_target], limits.rata_poin, limits.rata_pct),
        carried_by(step, is_target),
    )


def overview(pair: Comparison, found: Found, limits: Patterns) -> Table | Note:
    """One line per pattern: threshold, SKPD, lines, rupiah."""
    if refused := pair.refused("pola"):
        return refused
    rows = (
        _row(
            "Pos sasaran dipotong, kemudian naik lagi",
            found.refilled,
            "naik_rp",
            _again(limits),
        ),
        _row(
            "Perjalanan turun, pos penggantinya naik",
            found.leaked,
            "pengganti_naik_rp",
            _least(limits.pengganti_rp, limits.pengganti_pct, "dari turunnya perjalanan"),
        ),
        _row(
            "Belanja modal dikurangi dengan sebab efisiensi", found.capital, "pengurangan_rp", _least(limits.modal_rp)
        ),
        _service(found.service, limits),
        _row(
            "Baris dihapus, jumlah yang sama muncul dengan kode lain",
            found.relabelled,
            "pengurangan_rp",
            _least(limits.pindah_kode_rp),
        ),
        _flat(found.spread, limits),
        _few(pair, found.carried, limits),
    )
    return Table(
        **pair.block("pola", "Hal yang perlu diklarifikasi"),
        columns=(
            Column("pola", "Pola", wide=True),
            Column("ambang", "Ambang", wide=True),
            Column("opd", "SKPD", "bulat"),
            Column("baris", "Baris pemicu", "bulat"),
            Column("rp", "Rupiah", "rp"),
            Column("hasil", "Hasil", wide=True),
        ),
        rows=rows,
        note=pair.note(WHY),
        source=pair.setting.budget_source,
    )


def _row(name: str, pattern: Pattern, amount: str, least: Phrase) -> tuple[Any, ...]:
    offices = pattern.rows["kode_opd"].nunique()
    said = "ada yang perlu dilihat" if offices else "tidak ditemukan"
    return (name, least, offices, len(pattern.lines), int(pattern.rows[amount].sum()), said)


def _least(amount: int, share: float | None = None, of: str = "dari yang dipotong") -> Phrase:
    values = {"rp": rupiah(amount)}
    if not share:
        return Phrase("paling sedikit {rp}", values)
    return Phrase(f"paling sedikit {{rp}} dan {{p}} {of}", values | {"p": percent(share, 0)})


def _again(limits: Patterns) -> Phrase:
    least = _least(limits.naik_lagi_rp, limits.naik_lagi_pct)
    after = ", sesudah dipotong paling sedikit {potong} dari pagu murni"
    return Phrase(least.pattern + after, least.values | {"potong": percent(limits.naik_lagi_dipotong_pct, 0)})


def _service(pattern: Pattern, limits: Patterns) -> tuple[Any, ...]:
    name = "Sub kegiatan SPM dikurangi"
    if not limits.spm:
        return (name, "daftar sub kegiatan SPM daerah belum diisi", None, None, None, "belum dapat diperiksa")
    return _row(name, pattern, "pengurangan_rp", _least(limits.spm_rp))


def _flat(spread: Dispersion, limits: Patterns) -> tuple[Any, ...]:
    name = "Pengurangan rata di semua SKPD (angka 5 meminta tidak merata)"
    values = {"p": percent(limits.rata_pct, 0), "d": points(limits.rata_poin)}
    least = Phrase("{p} SKPD di dalam {d} poin dari median", values)
    if spread.is_flat is None:
        return (name, least, spread.n, None, None, "; ".join(found.sentence for found in spread.refusals))
    said = Phrase(
        "{b} SKPD di dalam pita; " + ("rata" if spread.is_flat else "tidak rata"), {"b": percent(spread.in_band_pct)}
    )
    return (name, least, spread.n, None, None, said)


def _few(pair: Comparison, carried: pd.DataFrame, limits: Patterns) -> tuple[Any, ...]:
    name, few = "Sedikit SKPD memikul pengurangan pada pos sasaran", min(limits.tumpuan_opd, len(carried))
    least = Phrase(
        "{k} SKPD memikul {p} atau lebih", {"k": count(limits.tumpuan_opd), "p": percent(limits.tumpuan_pct, 0)}
    )
    if not few or not carried["pengurangan_rp"].sum():
        return (name, least, 0, None, 0, "tidak ada pengurangan")
    share = carried["kumulatif_pct"].iloc[few - 1]
    text = "{k} SKPD memikul {s}, terbesar {nama}" if share >= limits.tumpuan_pct else "{k} SKPD memikul {s}"
    values = {"k": count(few), "s": percent(share), "nama": plain(pair.office(str(carried.index[0])))}
    said = Phrase(text, {key: value for key, value in values.items() if f"{{{key}}}" in text})
    return (name, least, few, None, int(carried["pengurangan_rp"].iloc[:few].sum()), said)
