"""What triggered the patterns: per SKPD, and line by line."""

from __future__ import annotations

from pkanalysis.analysis.budget.patterns import MEETINGS, Dispersion, Pattern
from pkanalysis.config import Patterns
from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Note, Phrase, Table
from pkanalysis.show.cells import count, percent, plain
from pkanalysis.show.efficiency.categories import or_sentence
from pkanalysis.show.efficiency.comparison import Comparison
from pkanalysis.show.efficiency.lines import Named

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
