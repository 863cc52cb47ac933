"""The green cells: formulas that every spreadsheet since Excel 2010 computes.

Achievement follows the application's own formula (:func:`pkanalysis.achievement.percent`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pkanalysis.intake.layouts.form.labels import CLOSED
from pkanalysis.periods import QUARTERS
from pkanalysis.tables import WAITING

BLOCKING = ("Belum diisi", "Bukan angka", "Nilai kosong", "Status kosong", "Sumber kosong")
DIRECTION, AGGREGATION, STATUS, RULE, SCHEDULE = (
    CLOSED[name] for name in ("polaritas", "agregasi", "status", "rumus", "jadwal_ukur")
)


@dataclass(frozen=True)
class Around:
    """What a formula may point at: cells of its row, ranges of other sheets, and the period."""

    cells: Mapping[str, str]
    span: Callable[[str, str], str]
    year: int
    period: str

    @property
    def quarters_before(self) -> tuple[str, ...]:
        """Earlier quarters of the same year; none for the year as a whole."""
        return QUARTERS[: QUARTERS.index(self.period)] if self.period in QUARTERS else ()


def about_indicator(field: str) -> Callable[[Around], str]:
    """Look a property of the row's indicator up in ``2_INDIKATOR``."""

    def formula(at: Around) -> str:
        key, names, codes = at.cells["kode_indikator"], at.span("2_INDIKATOR", field), _codes(at, "2_INDIKATOR")
        return f'=IF({key}="","",IFERROR(INDEX({names},MATCH({key},{codes},0))&"",""))'

    return formula


def target(suffix: str) -> Callable[[Around], str]:
    """Target of the period in the last PK of the year (``suffix`` "" or "_atas" for the upper bound)."""

    def formula(at: Around) -> str:
        documents, years = at.span("3_TARGET", "dokumen"), at.span("3_TARGET", "tahun")
        return _last(at, "3_TARGET", at.period + suffix, f'({years}={at.year})*(LEFT({documents},2)="PK")')

    return formula


def quarter_before(at: Around) -> str:
    """Actual of the quarter before, in the same year."""
    return _history(at, at.year, at.quarters_before[-1]) if at.quarters_before else '=""'


def year_before(at: Around) -> str:
    """Actual of the same period one year before."""
    return _history(at, at.year - 1, at.period)


def sum_before(at: Around) -> str:
    """Sum of the earlier quarters; empty unless each one that was due has a value."""
    key, values = at.cells["kode_indikator"], at.span("4b_RIWAYAT", "nilai")
    settled = "".join(f",{_is_settled(at, quarter)}" for quarter in at.quarters_before)
    return f'=IF(AND({key}<>"",{_is_added(at)}{settled}),SUMIFS({values},{_this_year(at)}),"")'


def count_before(at: Around) -> str:
    """Number of earlier quarters that have a value."""
    key, values = at.cells["kode_indikator"], at.span("4b_RIWAYAT", "nilai")
    return f'=IF(AND({key}<>"",{_is_added(at)}),COUNTIFS({_this_year(at)},{values},"<>"),"")'


def meaning(at: Around) -> str:
    """Say what the number in the yellow cell means for this indicator."""
    kind = at.cells["agregasi"]
    if at.period == "tahunan":
        return f'=IF({kind}="","","angka setahun")'
    return f'=IF({kind}="","",IF({_is_added(at)},"triwulan ini saja","s.d. akhir triwulan ini"))'


def to_date(at: Around) -> str:
    """Actual to the end of the period, by the way quarters become a year."""
    value, kind, before = (at.cells[name] for name in ("nilai", "agregasi", "jumlah_sebelumnya"))
    waiting = ",".join(_is(at.cells["status"], name) for name in WAITING)
    total, mean = f"{before}+{value}", f"({before}+{value})/({at.cells['banyak_sebelumnya']}+1)"
    by_kind = (
        f'IF({kind}="{AGGREGATION["jumlah"]}",IF(ISNUMBER({before}),{total},""),'
        f'IF({kind}="{AGGREGATION["rata_rata"]}",IF(ISNUMBER({before}),{mean},""),{value}))'
    )
    return f'=IF(OR(NOT(ISNUMBER({value})),{waiting}),"",{value if at.period == "tahunan" else by_kind})'


def percent(at: Around) -> str:
    """Achievement in per cent, uncapped; empty where it is undefined."""
    c = at.cells
    actual, low, kind = c["sampai_dengan"], c["target"], c["polaritas"]
    high = f"IF(ISNUMBER({c['target_atas']}),{c['target_atas']},{low})"
    bound = f"IF({actual}>{high},{high},{low})"
    sign = f'IF({kind}="{DIRECTION["rentang"]}",IF({actual}>{high},-1,1),IF({kind}="{DIRECTION["turun_baik"]}",-1,1))'
    by_deviation = f"100*(1+{sign}*({actual}-{bound})/ABS({bound}))"
    by_ratio = (
        f'IF({bound}<0,"",IF({kind}="{DIRECTION["turun_baik"]}",'
        f'IF({actual}>0,100*{bound}/{actual},""),100*{actual}/{bound}))'
    )
    is_ratio = f'AND({c["rumus"]}="{RULE["rasio"]}",{kind}<>"{DIRECTION["rentang"]}")'
    return (
        f'=IF(OR(NOT(ISNUMBER({actual})),NOT(ISNUMBER({low})),{kind}=""),"",'
        f"IF(AND({actual}>={low},{actual}<={high},{low}<{high}),100,"
        f'IF({bound}=0,"",IF({is_ratio},{by_ratio},{by_deviation}))))'
    )


def check(at: Around) -> str:
    """The first thing to look at in a row of ``4_REALISASI``, or OK."""
    c = at.cells
    value, letters, status, before = c["nilai"], c["nilai_huruf"], c["status"], c["tw_lalu"]
    is_cumulative = f'{c["agregasi"]}="{AGGREGATION["kumulatif"]}"'
    grows = f'OR({is_cumulative},{c["agregasi"]}="{AGGREGATION["jumlah"]}")'
    steps = (
        (f'AND({value}="",{letters}="",{status}="")', "Belum diisi"),
        (f'AND({value}<>"",NOT(ISNUMBER({value})))', "Bukan angka"),
        (f'AND({value}="",{letters}="",OR({_is(status, "final")},{_is(status, "sementara")}))', "Nilai kosong"),
        (f'{status}=""', "Status kosong"),
        (f'AND(OR({value}<>"",{letters}<>""),{c["sumber"]}="")', "Sumber kosong"),
        (f'{value}=""', "OK"),
        (f"AND({is_cumulative},ISNUMBER({before}),{value}<N({before}))", "Realisasi < TW lalu padahal kumulatif"),
        (f"AND(ISNUMBER({c['capaian']}),OR(N({c['capaian']})<0,N({c['capaian']})>200))", "Arah mungkin terbalik"),
        (f"OR(AND({grows},{_jump(value, c['tahun_lalu'])}),AND(NOT({grows}),{_jump(value, before)}))", "Loncat > 50%"),
        (f"AND(ISNUMBER({c['target']}),{c['sampai_dengan']}={c['target']})", "Sama persis dengan target"),
    )
    nested = '"OK"'
    for condition, word in reversed(steps):
        nested = f'IF({condition},"{word}",{nested})'
    return f'=IF({c["kode_indikator"]}="","",{nested})'


def achieved(at: Around) -> str:
    """Achievement of the row's indicator, from ``4_REALISASI``."""
    key, values, codes = at.cells["kode_indikator"], at.span("4_REALISASI", "capaian"), _codes(at, "4_REALISASI")
    return f'=IF({key}="","",IFERROR(INDEX({values},MATCH({key},{codes},0)),""))'


def check_analysis(at: Around) -> str:
    """Whether an indicator below 100 % still lacks its obstacle or its effort."""
    c = at.cells
    is_short = f"AND(ISNUMBER({c['capaian']}),N({c['capaian']})<100)"
    is_empty = f'OR({c["faktor_penghambat"]}="",{c["upaya"]}="")'
    return f'=IF({c["kode_indikator"]}="","",IF(AND({is_short},{is_empty}),"Analisis kosong","OK"))'


def change(at: Around) -> str:
    """Ceiling after minus before."""
    before, after = at.cells["pagu_sebelum_rp"], at.cells["pagu_sesudah_rp"]
    return f'=IF(AND(ISNUMBER({before}),ISNUMBER({after})),{after}-{before},"")'


def check_cause(at: Around) -> str:
    """Whether the cause of a budget change is still missing."""
    return f'=IF({at.cells["kode_rekening"]}="","",IF({at.cells["sebab"]}="","Sebab kosong","OK"))'


def spent(at: Around) -> str:
    """Sum of the four quarters' spending in ``6_PROGRAM``."""
    cells = [at.cells[f"realisasi_rp_{quarter}"] for quarter in QUARTERS]
    return f'=IF(COUNT({",".join(cells)})=0,"",SUM({",".join(cells)}))'


def spent_share(at: Around) -> str:
    """Spending in per cent of the last ceiling given."""
    total, ceiling = at.cells["jumlah_rp"], _ceiling(at)
    return f'=IF(AND(ISNUMBER({total}),N({ceiling})>0),100*{total}/{ceiling},"")'


def remainder(at: Around) -> str:
    """Last ceiling given minus spending."""
    total, ceiling = at.cells["jumlah_rp"], _ceiling(at)
    return f'=IF(AND(ISNUMBER({total}),N({ceiling})>0),{ceiling}-{total},"")'


def _ceiling(at: Around) -> str:
    first, second, third = (at.cells[name] for name in ("pagu_perubahan", "pagu_pergeseran", "pagu_murni"))
    return f"IF(ISNUMBER({first}),{first},IF(ISNUMBER({second}),{second},{third}))"


def _is_added(at: Around) -> str:
    """Whether the number is the quarter's own, so that earlier quarters are added or averaged."""
    kind = at.cells["agregasi"]
    return f'OR({kind}="{AGGREGATION["jumlah"]}",{kind}="{AGGREGATION["rata_rata"]}")'


def _is(cell: str, status: str) -> str:
    return f'{cell}="{STATUS[status]}"'


def _jump(value: str, base: str) -> str:
    """More than half of ``base`` away from it; never where ``base`` is missing or zero."""
    return f"AND(N({base})<>0,ABS({value}-N({base}))>0.5*ABS(N({base})))"


def _codes(at: Around, sheet: str) -> str:
    return at.span(sheet, "kode_indikator")


def _last(at: Around, sheet: str, field: str, condition: str) -> str:
    """Value of the last row of ``sheet`` for the indicator that meets ``condition`` and is not empty."""
    key, values = at.cells["kode_indikator"], at.span(sheet, field)
    rows = f'({_codes(at, sheet)}={key})*{condition}*({values}<>"")'
    return f'=IF({key}="","",IFERROR(LOOKUP(2,1/({rows}),{values}),""))'


def _history(at: Around, year: int, period: str) -> str:
    years, periods = at.span("4b_RIWAYAT", "tahun"), at.span("4b_RIWAYAT", "periode")
    return _last(at, "4b_RIWAYAT", "nilai", f'({years}={year})*({periods}="{CLOSED["periode"][period]}")')


def _this_year(at: Around, quarter: str = "TW*") -> str:
    """Criteria of COUNTIFS and SUMIFS: a quarter (or all) of this year of the row's indicator."""
    codes, years, periods = (at.span("4b_RIWAYAT", name) for name in ("kode_indikator", "tahun", "periode"))
    return f'{codes},{at.cells["kode_indikator"]},{years},{at.year},{periods},"{quarter}"'


def _is_settled(at: Around, quarter: str) -> str:
    """Whether an earlier quarter has a value, or none was due by the schedule or by its status."""
    plan, values, statuses = at.cells["jadwal_ukur"], at.span("4b_RIWAYAT", "nilai"), at.span("4b_RIWAYAT", "status")
    spans = _this_year(at, CLOSED["periode"][quarter])
    half_year = "FALSE" if quarter in ("TW2", "TW4") else f'{plan}="{SCHEDULE["semesteran"]}"'
    return (
        f'OR({plan}="{SCHEDULE["tahunan"]}",{half_year},COUNTIFS({spans},{values},"<>")>0,'
        f'COUNTIFS({spans},{statuses},"{STATUS["belum_jadwal"]}")>0)'
    )
