"""Tables ``analisis``, ``pembanding`` and ``kaskade``: what the offices wrote beside the numbers."""

from __future__ import annotations

import pandas as pd

from pkanalysis.sample import budget
from pkanalysis.sample.catalogue import stream
from pkanalysis.sample.indicators import paths, running
from pkanalysis.tables import conform

FILLED_SHARE = 0.67
"""Share of the indicators whose analysis was filled in, per quarter."""
COMPARED_SHARE = 0.15
"""Share of the indicators that have a value of the province and the nation to compare with."""
LINKED_SHARE = 0.95
"""Share of the indicators of offices that are linked to a programme of the budget."""
OBSTACLES = ("Anggaran", "SDM", "Data", "Regulasi", "Pihak lain", "Cuaca/bencana", "Waktu pengadaan")


def analysis_table() -> pd.DataFrame:
    """Table ``analisis`` for TW3 and TW4 2025; about a third is left empty."""
    draw, parts = stream("analisis"), []
    for period in ("TW3", "TW4"):
        frame = pd.DataFrame({"kode_indikator": item.kode, "kode_opd": item.kode_opd} for item in running())
        frame = frame[draw.random(len(frame)) < FILLED_SHARE].assign(tahun=2025, periode=period)
        frame["kategori_penghambat"] = draw.choice(OBSTACLES, len(frame))
        frame["status_tindak_lanjut"] = draw.choice(["selesai", "berjalan", "belum"], len(frame), p=[0.4, 0.45, 0.15])
        parts.append(frame)
    return conform("analisis", pd.concat(parts).assign(
        faktor_pendorong="Koordinasi antarbidang berjalan (contoh)",
        faktor_penghambat=lambda rows: "Kendala: " + rows["kategori_penghambat"] + " (contoh)",
        upaya="Menjadwal ulang kegiatan (contoh)",
        rencana_tindak_lanjut="Memantau setiap bulan (contoh)",
        penanggung_jawab="Sekretaris OPD (contoh)",
        batas_waktu=lambda rows: rows["periode"].map({"TW3": "Desember 2025", "TW4": "Maret 2026"}),
    ))  # fmt: skip


def comparison_table() -> pd.DataFrame:
    """Table ``pembanding`` for 2023 and 2024, near the office's own values."""
    draw = stream("pembanding")
    compared = [item for item in running() if item.satuan in ("persen", "indeks") and item.first < 2024]
    rows = [
        (item.kode, item.kode_opd, year, scope, round(float(paths()[item.kode].actual.loc[year]) * size, 2))
        for item in compared
        if draw.random() < COMPARED_SHARE
        for year in (2023, 2024)
        for scope, size in zip(("provinsi", "nasional"), draw.uniform(0.93, 1.05, 2), strict=True)
    ]
    columns = ["kode_indikator", "kode_opd", "tahun", "cakupan", "nilai"]
    return conform("pembanding", pd.DataFrame(rows, columns=columns).assign(sumber="Publikasi pembanding (contoh)"))


def cascade_table() -> pd.DataFrame:
    """Table ``kaskade``: indicators serve those of their office or the city, and stand for a programme of the budget.

    Examples
    --------
    >>> cascade_table()["jenis_induk"].value_counts().to_dict()
    {'indikator': 248, 'program': 181}
    """
    city = [item.kode for item in running() if item.tingkat == "iku_kota"]
    main = {item.id: item.kode for item in running() if item.tingkat == "iku_opd"}
    lines = budget.table().query("tahun == 2025")
    own = lines.groupby("kode_opd")["kode_program"].unique().map(sorted).to_dict()
    draw, other = stream("kaskade"), stream("kaskade program")
    served: list[tuple[str, str, str]] = []
    paid: list[tuple[str, str, str]] = []
    for item in running():
        parents = [main[item.id]] if item.tingkat == "program" else []
        if item.tingkat == "iku_opd":
            parents = draw.choice(city, draw.integers(1, 3), replace=False).tolist()
        served += [(item.kode_opd, item.kode, parent) for parent in parents]
        # the programme that pays: for SAKIP the supporting one, for others one that serves the public
        support, *service = own[item.kode_opd]
        chosen = support if item.kunci == "sakip" or not service else str(other.choice(service))
        if item.tingkat != "iku_kota" and other.random() < LINKED_SHARE:
            paid.append((item.kode_opd, item.kode, chosen))
    columns = ["kode_opd", "kode_indikator", "kode_induk"]
    parts = (pd.DataFrame(rows, columns=columns) for rows in (served, paid))
    kinds = ("indikator", "program")
    return conform("kaskade", pd.concat(part.assign(jenis_induk=kind) for part, kind in zip(parts, kinds, strict=True)))
