"""The words and the figures of the page on published figures."""

from __future__ import annotations

from itertools import pairwise
from textwrap import fill
from typing import TYPE_CHECKING, Any

import pandas as pd

from pkanalysis import reference
from pkanalysis.analysis import published
from pkanalysis.show import drawing
from pkanalysis.show.blocks import Cover, Figure, Note
from pkanalysis.show.published.tables import figures
from pkanalysis.show.values import Phrase, Value, count, percent, plain

if TYPE_CHECKING:
    from pkanalysis.store import Workspace

OPEN: dict[str, Any] = {"markersize": 5, "mfc": "white", "ls": "none"}
LOOKS: dict[str, dict[str, Any]] = {
    "angka terbit": {"color": drawing.BLUE, "marker": "o", "markersize": 4},
    "bertentangan": {"color": drawing.ORANGE, "marker": "o"} | OPEN,
    "seri (metode) lama": {"color": drawing.GREY, "marker": "D"} | OPEN,
}


def cover(ws: Workspace) -> Cover:
    """Title and warning: secondary sources, not audited."""
    rows = figures(ws)
    counts = Phrase(
        "Halaman ini memuat {angka} baris angka dari {sumber} alamat sumber; {konflik} baris bertentangan dengan angka "
        "lain, dan semuanya ditampilkan.",
        {
            "angka": count(len(rows)),
            "sumber": count(len(published.sources(rows))),
            "konflik": count(rows["is_konflik"].sum()),
        },
    )
    return Cover(
        id="sampul",
        caption=f"Angka terbit {ws.config.daerah}",
        is_sample=ws.is_sample,
        unit="Angka berita dan sumber sekunder, belum diaudit",
        items=(
            Phrase(reference.pages()["terbit"]["peringatan"]),
            counts,
            Phrase("Tanda – berarti tidak ditemukan, bukan nol."),
        ),
        footer=f"{ws.config.daerah} · Angka terbit dari sumber sekunder · belum diaudit",
    )


def indicator_count(ws: Workspace) -> Note:
    """How many IKU there were, which are known by name, and what is not known."""
    rows = figures(ws, "iku_kota")
    counts = rows[rows["uraian"].eq("Jumlah IKU Pemerintah Kota")].sort_values("tahun")
    changes = [
        Phrase(
            reference.pages()["terbit"]["jumlah_iku"],
            {"sebelum": Value(before.nilai, "bulat"), "tahun_sebelum": Value(before.tahun, "tahun")}
            | {"sesudah": Value(after.nilai, "bulat"), "tahun_sesudah": Value(after.tahun, "tahun")},
        )
        for before, after in pairwise(counts.itertuples())
    ]
    confirmed = rows[published.marked(rows, "terkonfirmasi")]["uraian"].unique()
    known = Phrase(
        "Yang terkonfirmasi sebagai IKU: {nama}. Indikator lain di bawah ini berasal dari RPJMD, RKPD atau LKPJ.",
        {"nama": plain(", ".join(confirmed) or None)},
    )
    return Note(
        id="jumlah-iku",
        caption="Jumlah IKU berubah dan daftarnya tidak ditemukan",
        is_sample=ws.is_sample,
        items=(*changes, known),
        source=published.numbers(counts["kutipan"]),
    )


def limits(ws: Workspace) -> Note:
    """What these figures cannot show."""
    trend = Phrase(
        "**Arah perkembangan tidak dinyatakan.** Deret makro terpanjang hanya {tahun} tahun, dan di antaranya ada "
        "tahun kosong, angka yang bertentangan, dan pergantian metode.",
        {"tahun": count(published.years(published.series(figures(ws))).max())},
    )
    items = (trend, *map(Phrase, reference.pages()["terbit"]["batas"]))
    return Note(id="batas", caption="Yang tidak dapat disimpulkan", is_sample=ws.is_sample, items=items)


def macro_figure(ws: Workspace) -> Figure:
    """One panel per macro series; the title says how little there is to compare."""
    rows = published.series(figures(ws))
    known = published.years(rows)
    disputed = rows[rows["is_konflik"]]["uraian"].nunique()
    values = {"deret": count(len(known)), "tahun": count(known.max()), "konflik": count(disputed)}
    title = "{deret} deret makro, paling panjang {tahun} tahun; {konflik} deret memuat angka yang bertentangan"
    parts = [(str(name), part) for name, part in rows.groupby("uraian", sort=False)]
    described = []
    for name, part in parts:
        disputes = part["is_konflik"].map({True: " (bertentangan)", False: ""})
        points = zip(part["tahun"], part["cetak"], disputes, strict=True)
        listed = "; ".join(f"{year} {value}{dispute}" for year, value, dispute in points)
        described.append(f"{name} ({part['satuan'].iloc[0]}): {listed}.")
    return Figure(
        id="gambar-makro",
        caption=title.format_map(values),
        is_sample=ws.is_sample,
        svg=_panels(parts, ws.is_sample),
        values=values,
        alt="Panel kecil per indikator menurut tahun. " + " ".join(described),
        note="Garis hanya menghubungkan tahun berurutan dengan metode sama dan tanpa angka yang bertentangan.",
        source=published.numbers(rows["kutipan"]),
    )


def _panels(parts: list[tuple[str, pd.DataFrame]], is_sample: bool) -> str:
    """Small multiples: gaps are not joined, disputed values and those of an older method stand apart."""
    from matplotlib.lines import Line2D
    from matplotlib.ticker import MaxNLocator

    joined, disputed, older = LOOKS.values()
    height = max(1, -(-len(parts) // 2))
    with drawing.canvas(1.45 * height + 0.6, rows=height, columns=2, sharex=True, squeeze=False) as (figure, grid):
        for axes in grid.flat[len(parts) :]:
            axes.set_axis_off()
        for axes, (name, rows) in zip(grid.flat, parts, strict=False):
            for _, part in rows[~rows["is_konflik"] & ~rows["is_seri_lama"]].groupby("ruas"):
                axes.plot(part["tahun"], part["nilai"], **joined)
            for points, look in ((rows[rows["is_konflik"]], disputed), (rows[rows["is_seri_lama"]], older)):
                axes.plot(points["tahun"], points["nilai"], **look)
            axes.set_title(fill(name, 22) + f"\n({rows['satuan'].iloc[0]})", fontsize=8)
            axes.tick_params(labelsize=8)
            axes.margins(y=0.2)
            axes.xaxis.set_major_locator(MaxNLocator(4, integer=True))
            axes.yaxis.set_major_locator(MaxNLocator(4))
            drawing.numbers(axes, "y")
        marks = [Line2D([], [], label=label, **look) for label, look in LOOKS.items()]
        figure.legend(handles=marks, loc="outside lower center", ncols=3, fontsize=8, frameon=False, handletextpad=0.3)
    return drawing.svg(figure, is_sample)


def performance_figure(ws: Workspace) -> Figure:
    """Realisation as a per cent of target, best first; the title counts what reached its target."""
    rows = published.fullest_day(figures(ws))
    values = {
        "tercapai": count(rows["hitungan_pct"].ge(100).sum()),
        "jumlah": count(len(rows)),
        "opd": plain(rows["pelaku"].iloc[0] if len(rows) else None),
        "periode": plain(rows["periode"].iloc[0] if len(rows) else None),
    }
    shares = {name: percent(raw) for name, raw in zip(rows["uraian"], rows["hitungan_pct"], strict=True)}
    title = "{tercapai} dari {jumlah} target {opd} yang terbit tercapai {periode}"
    colours = [drawing.BLUE if share >= 100 else drawing.ORANGE for share in rows["hitungan_pct"]]
    with drawing.canvas(0.36 * len(rows) + 0.7) as (figure, axes):
        bars = axes.barh([fill(name, 18) for name in rows["uraian"]], rows["hitungan_pct"], color=colours)
        labels = [str(percent(share)) for share in rows["hitungan_pct"]]
        axes.bar_label(bars, labels, label_type="center", color="white", fontsize=8)
        axes.axvline(100, color=drawing.GREY, linestyle="--", linewidth=1)
        axes.set_xlim(0, 125)
        axes.set_xticks([0, 50, 100], ["0%", "50%", "100% = target"])
        axes.tick_params(labelsize=8)
        axes.grid(visible=False)
        axes.invert_yaxis()
    return Figure(
        id="gambar-kinerja",
        caption=title.format_map(values),
        is_sample=ws.is_sample,
        svg=drawing.svg(figure, ws.is_sample),
        values=values | shares,
        unit="realisasi dalam persen target",
        alt="Batang mendatar: " + "; ".join(f"{name} {share}" for name, share in shares.items()) + "; garis pada 100%.",
        source=published.numbers(rows["kutipan"]),
    )
