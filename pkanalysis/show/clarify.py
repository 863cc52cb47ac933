"""Things to clarify: each pattern with its threshold from the configuration and the lines that triggered it.

What triggered the patterns: per SKPD, and line by line.

What this OPD is asked to clarify: each pattern that was found, with the lines that triggered it, in one table.
"""

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
from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Note, Phrase, Table
from pkanalysis.show.cells import count, percent, plain, points, rupiah
from pkanalysis.show.efficiency.comparison import Comparison
from pkanalysis.show.lines import CHANGE, Named, or_sentence

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


NONE = "tidak ada baris pada ambang yang ditetapkan"
UNCHECKED = (
    "belum dapat diperiksa, karena daftar sub kegiatan SPM daerah belum diisi; isi kodenya pada spm di bagian [pola] "
    "pkanalysis.toml, misalnya dari daftar nomenklatur sub kegiatan yang bertanda SPM, lalu jalankan lagi"
)


def refilled_table(pair: Comparison, pattern: Pattern) -> Table | Note:
    """Target categories that were cut and rose again at a later stage."""
    if refused := pair.refused("naik-lagi"):
        return refused
    rows = pattern.rows.assign(
        nama=[pair.office(code) for code in pattern.rows["kode_opd"]],
        pos=[words.heading(words.category(name)) for name in pattern.rows["kategori"]],
        tahap=pattern.rows["tahap_sesudah"].map(pair.setting.stage_name),
    )
    table = Table.from_frame(
        rows.sort_values("naik_rp", ascending=False, kind="stable"),
        [
            Column("nama", "SKPD", wide=True),
            Column("pos", "Kelompok pos", wide=True),
            Column("tahap", "Naik pada tahap"),
            Column("dipotong_rp", "Dipotong s.d. tahap sebelumnya (Rp)", "rp"),
            Column("dipotong_pct", "% dari pagu murni", "persen", 1),
            Column("naik_rp", "Naik lagi (Rp)", "rp"),
            Column("naik_pct", "% dari yang dipotong", "persen", 1),
        ],
        **pair.block("naik-lagi", "Pos sasaran yang dipotong, kemudian naik lagi"),
        note=pair.note("Neto per SKPD dan kelompok pos, pada semua tahap sejak murni."),
        source=pair.setting.budget_source,
    )
    return or_sentence(table, f"Pos sasaran yang dipotong, kemudian naik lagi: {NONE}.")


def triggers(
    pair: Comparison, pattern: Pattern, named: Named, name: str, caption: str, is_checked: bool = True
) -> Table | Note:
    """The lines that triggered a pattern, the largest change first; ``is_checked`` where its list is configured."""
    if refused := pair.refused(name):
        return refused
    if pattern.lines.empty:
        said = NONE if is_checked else UNCHECKED
        return Note(**pair.block(name), items=(Phrase(f"{caption}: {said}."),))
    lines, more = pattern.lines, []
    if "tahap_sesudah" in lines and lines["tahap_sesudah"].ne(pair.after).any():
        lines, more = (
            lines.assign(tahap=lines["tahap_sesudah"].map(pair.setting.stage_name)),
            [Column("tahap", "Tahap")],
        )
    order = lines["selisih_rp"].abs().sort_values(ascending=False, kind="stable").index
    return named.table(pair, lines.loc[order], name, caption, *more)


def leaked_table(pair: Comparison, pattern: Pattern, limits: Patterns) -> Table | Note:
    """SKPD whose travel fell while accounts that may replace it rose."""
    if refused := pair.refused("pengganti"):
        return refused
    rows = pattern.rows.assign(nama=[pair.office(code) for code in pattern.rows["kode_opd"]])
    watched = ", ".join(limits.pos_pengganti) if limits.pos_pengganti else ", ".join(MEETINGS.values())
    table = Table.from_frame(
        rows.sort_values("pengganti_naik_rp", ascending=False, kind="stable"),
        [
            Column("nama", "SKPD", wide=True),
            Column("perjalanan_turun_rp", "Perjalanan turun (Rp)", "rp"),
            Column("pengganti_naik_rp", "Pos pengganti naik (Rp)", "rp"),
            Column("naik_pct", "% dari turunnya", "persen", 1),
        ],
        **pair.block("pengganti", "Perjalanan turun, pos yang mungkin menggantikannya naik"),
        note=pair.note("Pos yang dilihat: {pos}.", pos=plain(watched)),
        source=pair.setting.budget_source,
    )
    return or_sentence(table, f"Perjalanan turun, pos yang mungkin menggantikannya naik: {NONE}.")


def relabelled_table(pair: Comparison, pattern: Pattern, named: Named) -> Table | Note:
    """Lines that vanished while exactly the same amount rose elsewhere in the same SKPD."""
    if refused := pair.refused("pindah-kode"):
        return refused
    lines = pattern.lines.sort_values("jumlah_rp", ascending=False, kind="stable")
    rows = lines.assign(
        nama=[pair.office(code) for code in lines["kode_opd"]],
        lama=named.activities(lines["kode_sub_kegiatan"]),
        rekening=named.accounts(lines["kode_rekening"]),
        baru=named.activities(lines["kode_sub_kegiatan_lain"]),
        rekening_baru=named.accounts(lines["kode_rekening_lain"]),
    )
    table = Table.from_frame(
        rows,
        [
            Column("nama", "SKPD", wide=True),
            Column("lama", "Sub kegiatan yang dihapus", wide=True),
            Column("rekening", "Rekening", wide=True),
            Column("baru", "Sub kegiatan yang naik", wide=True),
            Column("rekening_baru", "Rekening yang naik", wide=True),
            Column("jumlah_rp", "Jumlah yang sama (Rp)", "rp"),
        ],
        **pair.block("pindah-kode", "Baris yang dihapus dan jumlah yang sama di tempat lain"),
        note=pair.note(
            "Mungkin belanja yang sama dengan kode lain, sehingga bukan pengurangan dan bukan penambahan. Jumlah yang "
            "sama adalah petunjuk, bukan bukti."
        ),
        source=pair.setting.budget_source,
    )
    return or_sentence(table, f"Baris yang dihapus dan jumlah yang sama di tempat lain: {NONE}.")


def spread(pair: Comparison, found: Dispersion) -> Note:
    """How unequally the target accounts were cut over SKPD, in words."""
    if refused := pair.refused("sebaran"):
        return refused
    values = {
        "n": count(found.n),
        "r": percent(found.mean_pct),
        "k": percent(found.overall_pct),
        "b": percent(found.in_band_pct),
    }
    text = (
        "Perubahan pada pos sasaran: rata-rata {r} per SKPD, {k} untuk seluruhnya; {b} dari {n} SKPD berada di dalam "
        "pita di sekitar mediannya."
    )
    items = [Phrase(text, values), *(Phrase(reason.sentence) for reason in found.refusals)]
    return Note(**pair.block("sebaran"), items=tuple(items))


TOP = 10
REFILLED = "pos sasaran dipotong, kemudian naik lagi"
LEAKED = "perjalanan turun, pos penggantinya naik"
CAPITAL = "belanja modal dikurangi dengan sebab efisiensi"
SERVICE = "sub kegiatan SPM berkurang"
RELABELLED = "dihapus, jumlah yang sama naik di tempat lain"
LIMITED = "naik pada pos yang diminta dibatasi"
KEY = ["tahap_sesudah", "kode_sub_unit", "kode_sub_kegiatan", "kode_rekening", "sumber_dana"]


def clarify(pair: Comparison, step: pd.DataFrame, found: Found, named: Named) -> Table | Note:
    """The triggering lines of every pattern, the largest change first; a line stands under its first pattern only.

    Parameters
    ----------
    step : DataFrame
        The step that is compared.
    found : Found
        Result of :func:`pkanalysis.show.clarify.patterns` for this OPD.
    """
    if refused := pair.refused("klarifikasi"):
        return refused
    every = _triggers(step, found)
    if every.empty:
        none = Phrase("Pola yang perlu diklarifikasi tidak ditemukan pada baris anggaran OPD ini.")
        return Note(**pair.block("klarifikasi"), items=(none,))
    order = every["selisih_rp"].abs().sort_values(ascending=False, kind="stable").index
    top = every.loc[order].head(TOP)
    rows = top.assign(
        sub=named.activities(top["kode_sub_kegiatan"]),
        rekening=named.accounts(top["kode_rekening"]),
        tahap=top["tahap_sesudah"].map(pair.setting.stage_name),
    )
    return Table.from_frame(
        rows,
        [
            Column("hal", "Hal", wide=True),
            Column("sub", "Sub kegiatan", wide=True),
            Column("rekening", "Rekening", wide=True),
            Column("tahap", "Tahap"),
            *CHANGE,
        ],
        **pair.block("klarifikasi", "Hal yang perlu diklarifikasi dan baris yang memicunya"),
        note=_note(pair, len(every)),
        source=pair.setting.budget_source,
    )


def _triggers(step: pd.DataFrame, found: Found) -> pd.DataFrame:
    gone = step.merge(found.relabelled.lines[KEY[1:]].drop_duplicates(), on=KEY[1:])
    limited = step[is_targeted(step["kode_rekening"]) & step["penambahan_rp"].gt(0)]
    parts = {
        REFILLED: found.refilled.lines, LEAKED: found.leaked.lines, CAPITAL: found.capital.lines,
        SERVICE: found.service.lines, RELABELLED: gone, LIMITED: limited,
    }  # fmt: skip
    every = [lines.assign(hal=name) for name, lines in parts.items() if len(lines)]
    known = pd.concat(every, ignore_index=True) if every else step.iloc[:0].assign(hal="")
    return known.drop_duplicates(KEY, ignore_index=True)


def _note(pair: Comparison, number: int) -> Phrase:
    text = "Pola bukan putusan: setiap baris dapat mempunyai alasan yang baik. Ambang menurut pkanalysis.toml."
    if number <= TOP:
        return pair.note(text)
    return pair.note(f"{{k}} yang terbesar dari {{n}} baris. {text}", k=count(TOP), n=count(number))
