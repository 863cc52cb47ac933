"""What tables c, d, f, g and h of the LKjIP must show, from the workbook and the SIPD files."""

from typing import Any

import pandas as pd
from report.sources.files import YEAR, Files
from report.sources.indicators import Indicator, filled, indicators, past

Rows = list[dict[str, Any]]
LEVELS = ("PROGRAM", "KEGIATAN", "SUB KEGIATAN")


def medium_rows(files: Files) -> Rows:
    """The last target of every document of several years that lies ahead, beside the last year-end value."""
    rows = files.form("3_TARGET")
    rows = rows[rows["Dokumen"].isin(["RPD", "Renstra", "RPJMD"]) & (rows["Tahun"] >= YEAR - 1)]
    found: Rows = []
    for item in indicators(files):
        own = rows[rows["Kode indikator"] == item.about["Kode indikator"]]
        value = past(files, item, YEAR - 1)
        for _, goal in own.iterrows():
            found.append(_progress(item, goal, value))
        if own.empty:
            found.append(_progress(item, None, value))
    return found


def _progress(item: Indicator, goal: pd.Series | None, value: Any) -> dict[str, Any]:
    names = {"Sasaran Strategis": item.about["Sasaran"], "Indikator Kinerja Utama": item.name}
    names |= {"Satuan": item.about["Satuan"]}
    columns = (
        "Dokumen",
        "Tahun target",
        "Target akhir RPD/Renstra/RPJMD",
        "Realisasi akhir tahun",
        "Tingkat Kemajuan (%)",
    )
    if goal is None:
        return names | dict.fromkeys(columns)
    low, letter = filled(goal["Target tahunan"]), filled(goal["Target huruf tahunan"])
    assert pd.isna(goal["Batas atas tahunan"]), "no office of this test has a range"
    falling = item.about["Arah"] == "Makin rendah makin baik"
    is_number = low is not None and isinstance(value, float)
    done = (100 * (2 * low - value) / low if falling else 100 * value / low) if is_number else None
    return names | dict(zip(columns, (goal["Dokumen"], int(goal["Tahun"]), letter or low, value, done), strict=True))


def benchmark_rows(files: Files) -> Rows:
    """The newest year that both the office and its benchmark have."""
    others = files.form("4c_PEMBANDING")
    found: Rows = []
    for item in sorted(indicators(files), key=lambda item: (item.name, item.about["Kode indikator"])):
        own = others[(others["Kode indikator"] == item.about["Kode indikator"]) & (others["Tahun"] < YEAR)]
        own = own.loc[[past(files, item, int(of)) is not None for of in own["Tahun"]], :]
        for _, row in own[own["Tahun"] == own["Tahun"].max()].sort_values("Cakupan").iterrows():
            value = past(files, item, int(row["Tahun"]))
            found.append({
                "Indikator Kinerja Utama": item.name,
                "Satuan": item.about["Satuan"],
                "Tahun": int(row["Tahun"]),
                "Realisasi": value,
                "Pembanding": row["Cakupan"].capitalize(),
                "Standar Nasional/Provinsi": row["Nilai"],
                "Selisih": value - row["Nilai"],
                "Keterangan": row["Sumber"],
            })  # fmt: skip
    return found


def ceilings(files: Files) -> pd.DataFrame:
    """Budget lines of the first and the last stage with the spending to date, in one long table."""
    stages = list(files.stages)
    names = {f"{what} {level}" for level in LEVELS for what in ("KODE", "NAMA")}
    parts = [
        files.sipd(f"rekap5_{YEAR}_{stage}")[[*names, "PAGU"]].rename(columns={"PAGU": column})
        for stage, column in ((stages[0], "sebelum"), (stages[-1], "sesudah"))
    ]
    spent = files.sipd(f"laporan_realisasi_{YEAR}", header=4)
    moment = spent["Tanggal Transfer"].where(spent["Jenis Transaksi"] == "LS", spent["Tanggal Dokumen"])
    spent = spent[pd.to_datetime(moment).dt.month <= 3 * files.quarter]
    spent = spent.rename(columns=str.upper).assign(realisasi=spent["Nilai Realisasi"] - spent["Nilai Setoran"])
    return pd.concat([*parts, spent[[*names, "realisasi"]]], ignore_index=True)


def _sums(lines: pd.DataFrame) -> dict[str, int]:
    return {name: int(lines[name].sum()) for name in ("sebelum", "sesudah", "realisasi")}


def activity_rows(files: Files) -> Rows:
    lines = ceilings(files)
    groups = {
        code: (own[f"NAMA {level}"].iloc[0], _sums(own))
        for level in LEVELS
        for code, own in lines.groupby(f"KODE {level}")
    }
    return [_activity(code, *groups[code]) for code in sorted(groups)] + [_activity("", "Jumlah", _sums(lines))]


def _activity(code: str, name: str, sums: dict[str, int]) -> dict[str, Any]:
    before, after, spent = sums["sebelum"], sums["sesudah"], sums["realisasi"]
    return {
        "Kode": code,
        "Program/Kegiatan/Sub Kegiatan": name,
        "Anggaran Sebelum Perubahan (Rp)": before,
        "Anggaran Setelah Perubahan (Rp)": after,
        "Bertambah/(Berkurang) (Rp)": after - before,
        "Realisasi (Rp)": spent,
        "%": 100 * spent / after if after else None,
        "Sisa (Rp)": after - spent,
    }


def paired(files: Files) -> list[tuple[Indicator, str]]:
    """Indicator and programme as the workbook links them."""
    links = files.form("2b_KAITAN")
    links = links[links["Jenis induk"] == "Program"]
    own = {item.about["Kode indikator"]: item for item in indicators(files)}
    rows = links.sort_values(["Kode indikator", "Kode induk"])
    return [
        (own[row["Kode indikator"]], row["Kode induk"]) for _, row in rows.iterrows() if row["Kode indikator"] in own
    ]


def supporting_rows(files: Files) -> Rows:
    lines, pairs = ceilings(files), paired(files)
    money = {code: _sums(own) for code, own in lines.groupby("KODE PROGRAM")}
    names = _programmes(lines)
    ordered = sorted(pairs, key=lambda pair: (pair[0].about["Sasaran"], pair[0].about["Kode indikator"], pair[1]))
    reached = {True: "tercapai", False: "belum tercapai", None: "–"}

    def row(code: str, sasaran: str | None, name: str | None, target: str, said: str) -> dict[str, Any]:
        after, spent = money[code]["sesudah"], money[code]["realisasi"]
        return {
            "Sasaran": sasaran, "Indikator": name, "Target": target, "Program": names[code],
            "Pagu terakhir (Rp)": after, "Realisasi (Rp)": spent, "%": 100 * spent / after,
            "Menunjang/Tidak Menunjang": said,
        }  # fmt: skip

    linked = [
        row(code, item.about["Sasaran"], item.name, reached[item.is_reached], "Menunjang") for item, code in ordered
    ]
    loose = [code for code in sorted(money) if code not in {code for _, code in pairs}]
    return linked + [row(code, None, None, "–", "Belum dikaitkan") for code in loose]


def cascade_rows(files: Files) -> Rows:
    """Every sub kegiatan of the programme that an indicator is linked to, then those behind no indicator."""
    lines, pairs = ceilings(files), paired(files)
    links = files.form("2b_KAITAN")
    above = links[links["Jenis induk"] == "Indikator"].groupby("Kode indikator")["Kode induk"]
    parents = above.agg(lambda codes: ", ".join(sorted(codes))).to_dict()
    level = "KODE SUB KEGIATAN"
    money = {code: (own["KODE PROGRAM"].iloc[0], _sums(own)) for code, own in lines.groupby(level)}
    names = lines.drop_duplicates(level).set_index(level)["NAMA SUB KEGIATAN"]
    reached = {True: "tercapai", False: "belum tercapai", None: "–"}
    ordered = sorted(pairs, key=lambda pair: (pair[0].about["Sasaran"], pair[0].about["Kode indikator"], pair[1]))

    def row(code: str, item: Indicator | None) -> dict[str, Any]:
        after, spent = money[code][1]["sesudah"], money[code][1]["realisasi"]
        return {
            "IKU yang ditunjang": parents.get(item.about["Kode indikator"], "–") if item else "–",
            "Sasaran": item.about["Sasaran"] if item else None, "Indikator": item.name if item else None,
            "Target": reached[item.is_reached] if item else "–", "Sub kegiatan": f"{code} {names[code]}",
            "Pagu terakhir (Rp)": after, "Realisasi (Rp)": spent, "%": 100 * spent / after if after else None,
            "Menunjang/Tidak Menunjang": "Menunjang" if item else "Belum dikaitkan",
        }  # fmt: skip

    linked = [row(sub, item) for item, code in ordered for sub in sorted(money) if money[sub][0] == code]
    loose = [row(sub, None) for sub in sorted(money) if money[sub][0] not in {code for _, code in pairs}]
    return linked + loose


def use_rows(files: Files) -> Rows:
    """Per sasaran, then per programme: mean of what was measured, with the money of the programmes linked."""
    lines, pairs = ceilings(files), paired(files)
    names = _programmes(lines)

    def rows(name_of: Any) -> Rows:
        groups: dict[str, list[tuple[Indicator, str]]] = {}
        for pair in pairs:
            groups.setdefault(name_of(pair), []).append(pair)
        return [_use(name, own, lines) for name, own in groups.items()]

    return rows(lambda pair: pair[0].about["Sasaran"]) + rows(lambda pair: names[pair[1]])


def _use(name: str, pairs: list[tuple[Indicator, str]], lines: pd.DataFrame) -> dict[str, Any]:
    items = {item.about["Kode indikator"]: item for item, _ in pairs}.values()
    measured = [item.current for item in items if item.current is not None]
    sums = _sums(lines[lines["KODE PROGRAM"].isin({code for _, code in pairs})])
    return {
        "Sasaran atau program": name,
        "Indikator terukur": len(measured),
        "Capaian (%)": sum(measured) / len(measured) if measured else None,
        "Semua target tercapai": ("ya" if min(measured) >= 100 - 1e-9 else "belum") if measured else "–",
        "Pagu terakhir (Rp)": sums["sesudah"],
        "Realisasi (Rp)": sums["realisasi"],
        "Serapan pagu murni (%)": 100 * sums["realisasi"] / sums["sebelum"],
        "Serapan pagu terakhir (%)": 100 * sums["realisasi"] / sums["sesudah"],
    }


def _programmes(lines: pd.DataFrame) -> dict[str, str]:
    first = lines.drop_duplicates("KODE PROGRAM").set_index("KODE PROGRAM")["NAMA PROGRAM"]
    return {str(code): f"{code} {name}" for code, name in first.items()}
