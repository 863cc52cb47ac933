"""What the indicator blocks must show, from the workbook that the OPD filled."""

import math
import zipfile
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd
from report.sources.files import QUARTERS, YEAR, Files
from report.sources.words import Said, Shown, day, number, percent, say, year

Rows = list[dict[str, Any]]
DUE = {"Bulanan": (1, 2, 3, 4), "Triwulanan": (1, 2, 3, 4), "Semesteran": (2, 4), "Tahunan": (4,)}
CLASSES = ((91, "Sangat Tinggi"), (76, "Tinggi"), (66, "Sedang"), (51, "Rendah"))
WAITING = ("Menunggu rilis", "Belum jatuh jadwal")


class Aim(NamedTuple):
    """A target: a figure, a range (with ``high``) or a letter."""

    low: float | None
    high: float | None
    letter: str | None

    def shown(self) -> Any:
        if self.high is not None:
            return say("{}–{}", number(self.low), number(self.high))
        return self.letter if self.low is None else self.low


NO_AIM = Aim(None, None, None)


@dataclass(frozen=True)
class Indicator:
    """One indicator to the end of the quarter; aims by agreement, to date and for the whole year."""

    about: pd.Series
    original: Aim
    revised: Aim | None
    original_year: Aim
    revised_year: Aim | None
    reason: str | None
    value: float | None
    letter: str | None
    status: str
    source: str | None

    @property
    def name(self) -> str:
        return self.about["Nama indikator"]

    @property
    def aim(self) -> Aim:
        return self.revised or self.original

    def achieved(self, aim: Aim | None) -> float | None:
        """Per cent against one target, without a cap."""
        if aim is None or aim.low is None or self.value is None:
            return None
        way, real, low, high = self.about["Arah"], self.value, aim.low, aim.high
        if high is not None and low <= real <= high:
            return 100.0
        bound = high if high is not None and real > high else low
        falling = way == "Makin rendah makin baik" or (way == "Harus di dalam rentang" and real > bound)
        return 100 * (2 * bound - real) / bound if falling else 100 * real / bound

    @property
    def current(self) -> float | None:
        return self.achieved(self.aim)

    @property
    def is_reached(self) -> bool | None:
        return None if self.current is None else self.current >= 100 - 1e-9

    @property
    def is_eased(self) -> bool:
        return self.easing > 0

    @property
    def easing(self) -> float:
        """How far the revised target lies on the easier side; negative = tightened."""
        if self.revised is None or self.revised.low is None or self.original.low is None:
            return 0.0
        move = self.revised.low - self.original.low
        return -move if self.about["Arah"] == "Makin tinggi makin baik" else move


def filled(value: Any) -> Any:
    return None if pd.isna(value) else value


@cache
def indicators(files: Files, of: int = YEAR) -> list[Indicator]:
    """Indicators in force in the year, by code."""
    rows = files.form("2_INDIKATOR")
    since, until = rows["Berlaku dari tahun"].fillna(of), rows["Berlaku sampai tahun"].fillna(of)
    own = rows[(since <= of) & (until >= of)].sort_values("Kode indikator")
    return [indicator(files, about, of) for _, about in own.iterrows()]


def indicator(files: Files, about: pd.Series, of: int) -> Indicator:
    due = [quarter for quarter in DUE[about["Jadwal ukur"]] if quarter <= files.quarter]
    column = f"s.d. {QUARTERS[due[-1]]}" if due else ""
    original, revised = agreed(files, about, of, 0), agreed(files, about, of, 1)
    measured = {quarter: measurement(files, about, of, quarter) for quarter in range(1, files.quarter + 1)}
    last = measured[due[-1] if due else files.quarter]
    return Indicator(
        about=about,
        original=aim(original, column) or NO_AIM,
        revised=aim(revised, column),
        original_year=aim(original, "tahunan") or NO_AIM,
        revised_year=aim(revised, "tahunan"),
        reason=None if revised is None else filled(revised["Alasan perubahan"]),
        value=to_date([measured[quarter]["Realisasi (angka)"] for quarter in due], about["Cara hitung tahunan"]),
        letter=filled(last["Realisasi (huruf/ predikat)"]),
        status=last["Status data"],
        source=filled(last["Sumber data"]),
    )


def to_date(values: list[float], how: str) -> float | None:
    if how == "Dijumlah tiap triwulan":
        return filled(pd.Series(values, dtype=float).sum(min_count=1, skipna=False)) if values else None
    if how == "Rata-rata":
        return filled(pd.Series(values, dtype=float).mean(skipna=False))
    return filled(values[-1]) if values else None


def agreed(files: Files, about: pd.Series, of: int, number_of_change: int) -> pd.Series | None:
    """The row of 3_TARGET of PK (0) or PK Perubahan (1), if that was signed by the end of the quarter."""
    rows, signed = files.form("3_TARGET"), signed_rows(files, of)
    found = rows[
        (rows["Kode indikator"] == about["Kode indikator"])
        & (rows["Dokumen"] == ("PK Perubahan" if number_of_change else "PK"))
        & (rows["Tahun"] == of)
    ]
    is_signed = (signed["Perubahan ke-"] == number_of_change).any()
    return found.iloc[-1] if len(found) and is_signed else None


def aim(row: pd.Series | None, when: str) -> Aim | None:
    """``when`` is ``tahunan`` or ``s.d. TW n``; empty before the first measurement of the year."""
    if row is None:
        return None
    if not when:
        return NO_AIM
    return Aim(*(filled(row[f"{what} {when}"]) for what in ("Target", "Batas atas", "Target huruf")))


def signed_rows(files: Files, of: int) -> pd.DataFrame:
    rows = files.form("5_PERJANJIAN")
    return rows[(rows["Tahun"] == of) & (pd.to_datetime(rows["Tanggal tanda tangan"]).dt.date <= files.end)]


def measurement(files: Files, about: pd.Series, of: int, quarter: int) -> pd.Series:
    """What was written for one quarter; the newest quarter stands in a sheet of its own."""
    newest = files.form("4_REALISASI").assign(Tahun=YEAR, Periode="TW III")
    rows = pd.concat([files.form("4b_RIWAYAT"), newest])
    return rows[
        (rows["Kode indikator"] == about["Kode indikator"])
        & (rows["Tahun"] == of)
        & (rows["Periode"] == QUARTERS[quarter])
    ].iloc[0]


def agreement_rows(files: Files) -> Rows:
    return [
        {
            "Dokumen": row["Dokumen"],
            "Nomor": row["Nomor"],
            "Tanggal": pd.Timestamp(row["Tanggal tanda tangan"]).date().isoformat(),
            "Pagu dasar": row["Pagu dasar"],
            "Alasan perubahan": filled(row["Alasan"]) or ("Belum diisi OPD" if row["Perubahan ke-"] else "–"),
        }
        for _, row in signed_rows(files, YEAR).sort_values(["Dokumen", "Perubahan ke-"]).iterrows()
    ]


def target_rows(files: Files) -> Rows:
    def reason(item: Indicator) -> str:
        is_moved = item.revised_year is not None and item.revised_year != item.original_year
        return item.reason or ("Belum diisi OPD" if is_moved else "–")

    return [
        {
            "Sasaran": item.about["Sasaran"],
            "Indikator": item.name,
            "Satuan": item.about["Satuan"],
            "Arah": item.about["Arah"],
            "Target PK murni": item.original_year.shown(),
            "Target PK Perubahan": item.revised_year.shown() if item.revised_year else None,
            f"Target s.d. {files.period}": item.aim.shown(),
            "Alasan perubahan": reason(item),
        }
        for item in indicators(files)
    ]


def achievement_rows(files: Files) -> Rows:
    def category(value: float | None) -> str | None:
        if value is None:
            return None
        return next((label for floor, label in CLASSES if value >= floor), "Sangat Rendah")

    return [
        {
            "Sasaran strategis": item.about["Sasaran"],
            "Indikator kinerja": item.name,
            "Satuan": item.about["Satuan"],
            "Target": item.aim.shown(),
            "Realisasi": item.letter if item.value is None else item.value,
            "Capaian thd PK murni": item.achieved(item.original),
            "Capaian thd PK Perubahan": item.achieved(item.revised),
            "Kategori": category(item.current),
            "Status data": item.status,
        }
        for item in indicators(files)
    ]


def achievement_dots(files: Files) -> dict[str, Shown]:
    versions = {"PK murni": lambda item: item.original, "PK Perubahan": lambda item: item.revised}
    return {
        f"{item.name} ({version})": percent(value)
        for version, pick in versions.items()
        for item in indicators(files)
        if (value := item.achieved(pick(item))) is not None
    }


def past(files: Files, item: Indicator, of: int) -> Any:
    """Figure or letter at the end of an earlier year, since the definition holds."""
    rows = files.form("4b_RIWAYAT")
    rows = rows[(rows["Kode indikator"] == item.about["Kode indikator"]) & (rows["Periode"] == "Tahunan")]
    found = rows[rows["Tahun"] == of]
    if found.empty or of < item.about["Berlaku dari tahun"]:
        return None
    value = filled(found.iloc[0]["Realisasi (angka)"])
    return filled(found.iloc[0]["Realisasi (huruf/ predikat)"]) if value is None else value


def history_rows(files: Files) -> Rows:
    def since(first: float) -> Said | str:
        return say("definisi berlaku sejak {}", year(int(first))) if first > YEAR - 6 else ""

    return [
        {"Indikator": item.name, "Satuan": item.about["Satuan"]}
        | {str(of): past(files, item, of) for of in range(YEAR - 6, YEAR)}
        | {f"Capaian {of}": past_achieved(files, item, of) for of in (YEAR - 2, YEAR - 1)}
        | {"Naik/Turun": moved(past(files, item, YEAR - 2), past(files, item, YEAR - 1))}
        | {"Catatan seri": since(item.about["Berlaku dari tahun"])}
        for item in indicators(files)
    ]


def past_achieved(files: Files, item: Indicator, of: int) -> float | None:
    """Achievement at the end of an earlier year against its PK; no office of these tests revised one then."""
    rows, value = files.form("3_TARGET"), past(files, item, of)
    own = rows[
        (rows["Kode indikator"] == item.about["Kode indikator"]) & (rows["Tahun"] == of) & (rows["Dokumen"] == "PK")
    ]
    goal = aim(own.iloc[-1], "tahunan") if len(own) else None
    return replace(item, value=value).achieved(goal) if isinstance(value, float) else None


def moved(before: Any, after: Any) -> str:
    if not isinstance(before, float) or not isinstance(after, float):
        return "–"
    return "naik" if after > before else "turun" if after < before else "tetap"


def growth_rows(files: Files) -> Rows:
    """Counts and pace of the year-end values; only the planted trends stand when all indicators are tested together."""
    shown = [(item, {of: past(files, item, of) for of in range(YEAR - 6, YEAR)}) for item in indicators(files)]
    rows = [(item, {of: at for of, at in years.items() if isinstance(at, float)}) for item, years in shown]
    return [
        {"Indikator": item.name, "Yang dapat dikatakan": f"{grown(item, years)} {needed(files, item, years)}".strip()}
        for item, years in rows
    ]


def grown(item: Indicator, years: dict[int, float]) -> str:
    first, last, values = min(years, default=0), max(years, default=0), [years[of] for of in sorted(years)]
    if not values:
        return "Belum ada nilai yang dapat dibandingkan."
    if len(values) < 4:
        told = ", ".join(f"{number(years[of]).text} pada {of}" for of in sorted(years))
        change = f" ({course(values[-1] - values[0])})" if len(values) > 1 else ""
        return f"Baru {len(values)} tahun yang dapat dibandingkan: {told}{change}."
    steps = [after - before for before, after in pairwise(values)]
    up, down = sum(step > 0 for step in steps), sum(step < 0 for step in steps)
    pace = course((values[-1] - values[0]) / (last - first))
    doubt = "Belum dapat dibedakan dari naik-turun biasa" if len(values) > 4 else "Belum dapat dipastikan sebagai tren"
    planted = item.about["Kode indikator"] == "DINKES-tepat"
    return (
        f"Dari {len(values)} tahun ({first}–{last}), {up} kali naik dan {down} kali turun; rata-rata {pace}{' per tahun' if values[0] != values[-1] else ''}. "
        f"{'Cenderung naik' if planted else doubt}."
    )


def needed(files: Files, item: Indicator, years: dict[int, float]) -> str:
    """Pace needed to the nearest target of several years."""
    rows = files.form("3_TARGET")
    own = rows[
        rows["Dokumen"].isin(["RPD", "Renstra", "RPJMD"]) & (rows["Kode indikator"] == item.about["Kode indikator"])
    ]
    own = own[(own["Tahun"] > max(years, default=YEAR)) & own["Target tahunan"].notna()].sort_values("Tahun")
    if own.empty or not years:
        return ""
    goal, year, last = float(own.iloc[0]["Target tahunan"]), int(own.iloc[0]["Tahun"]), years[max(years)]
    falling = item.about["Arah"] == "Makin rendah makin baik"
    if last <= goal if falling else last >= goal:
        return f"Nilai terakhir ({number(last).text}) sudah memenuhi target {number(goal).text} untuk {year}."
    pace = course((goal - last) / (year - max(years)))
    return f"Untuk mencapai {number(goal).text} pada {year} perlu {pace} per tahun."


def course(change: float) -> str:
    """A change in words with three significant digits."""
    if change == 0:
        return "tidak berubah"
    size = abs(change)
    rounded_size = round(size, max(0, 2 - math.floor(math.log10(size))))
    return f"{'naik' if change > 0 else 'turun'} {number(rounded_size).text}"


def history_dots(files: Files) -> dict[str, Shown]:
    """At most six indicators with two years or more."""
    series = {item.name: {of: past(files, item, of) for of in range(YEAR - 6, YEAR)} for item in indicators(files)}
    figures = {name: {of: at for of, at in years.items() if isinstance(at, float)} for name, years in series.items()}
    shown = [(name, years) for name, years in figures.items() if len(years) > 1][:6]
    return {f"{name} {of}": number(value) for name, years in shown for of, value in years.items()}


def analysis_rows(files: Files) -> Rows:
    """As the OPD wrote it, only for the quarter that the workbook is of."""
    labels = {
        "Faktor pendorong": "Faktor pendorong",
        "Faktor penghambat": "Faktor penghambat",
        "Upaya": "Upaya yang dilakukan",
        "Rencana tindak lanjut": "Rencana tindak lanjut",
        "Penanggung jawab": "Penanggung jawab (jabatan)",
        "Batas waktu": "Batas waktu",
    }
    written = files.form("7_ANALISIS").set_index("Kode indikator")
    rows: Rows = []
    for item in indicators(files):
        own = written.loc[item.about["Kode indikator"]] if files.quarter == 3 else pd.Series(index=written.columns)
        texts = {label: filled(own[heading]) or "Belum diisi OPD" for label, heading in labels.items()}
        status = filled(own["Status tindak lanjut TW lalu"]) or "–"
        rows.append({"Indikator": item.name, "Capaian": item.current} | texts | {"Tindak lanjut triwulan lalu": status})
    return rows


def warning_rows(files: Files) -> Rows:
    """A value without a source is all that these workbooks lack; every stage of the budget is there."""
    shown = [item.name for item in indicators(files) if item.value is not None and item.source is None]
    rows: Rows = [{"Indikator atau data": name, "Catatan": "sumber data belum diisi"} for name in shown]
    warned = [{"Indikator atau data": where, "Catatan": "sumber kosong padahal ada nilai"} for where in silent(files)]
    assert len(warned) <= 10
    return [*rows, *warned, shared_warnings(files)]


def shared_warnings(files: Files) -> dict[str, Any]:
    """One warning in each file of all OPD that has the planted account of no jenis, and one line above its pagu."""
    sent = [path for path in (files.workspace / "kiriman").glob("*_CONTOH.xlsx") if not path.name.startswith("ISIAN")]
    strange = sum(b"5.1.09." in b"".join(map(book.read, book.namelist())) for book in map(zipfile.ZipFile, sent))
    text = f"{strange + 1} peringatan di {strange} berkas ini, tidak semuanya tentang OPD ini; lihat dengan pkanalysis check"
    return {"Indikator atau data": "Berkas yang memuat banyak OPD", "Catatan": Said(text, (strange + 1, strange))}


def silent(files: Files) -> list[str]:
    """Cells of the workbooks of all quarters that lack the source of a value; data starts in row 6."""
    found = []
    for path in sorted((files.workspace / "kiriman").glob(f"ISIAN_*_{files.short}_CONTOH.xlsx")):
        for name in ("4_REALISASI", "4b_RIWAYAT"):
            rows = files.form(name, path.name)
            has_value = rows[["Realisasi (angka)", "Realisasi (huruf/ predikat)"]].notna().any(axis=1)
            column = chr(ord("A") + rows.columns.get_loc("Sumber data"))
            lines = rows.index[has_value & rows["Sumber data"].isna()] + 6
            found += [f"{path.name}, lembar {name}, {column}{line}, kolom Sumber data" for line in lines]
    return found


def data_date(files: Files) -> Shown:
    """The newest date of a value of this year up to the quarter."""
    newest = files.form("4_REALISASI").assign(Tahun=YEAR, Periode="TW III")
    rows = pd.concat([files.form("4b_RIWAYAT"), newest])
    periods = [QUARTERS[quarter] for quarter in range(1, files.quarter + 1)]
    own = rows[(rows["Tahun"] == YEAR) & rows["Periode"].isin(periods)]
    return day(pd.to_datetime(own["Tanggal data"]).max().date())
