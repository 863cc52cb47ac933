"""The green cells: formulas that every spreadsheet since Excel 2010 computes.

``[nilai]`` is the cell of that field in the row of the formula, ``[4b_RIWAYAT!nilai]`` the whole column of another
sheet. Achievement follows the application's own formula (:func:`pkanalysis.achievement.percent`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pkanalysis.vocabulary import LABELS, POLARITIES, QUARTERS, WAITING

BLOCKING = ("Belum diisi", "Bukan angka", "Nilai kosong", "Status kosong", "Sumber kosong")
AGGREGATION, STATUS, RULE, SCHEDULE = (LABELS[name] for name in ("agregasi", "status", "rumus", "jadwal_ukur"))
_REFERENCE = re.compile(r"\[(?:(\w+)!)?(\w+)\]")


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

    def fill(self, text: str) -> str:
        """The formula with addresses in place of ``[field]`` and ``[sheet!field]``.

        Examples
        --------
        >>> Around({"nilai": "$I7"}, lambda sheet, field: f"{sheet}!$A$7:$A$9", 2025, "TW3").fill("=[nilai]+[S!a]")
        '=$I7+S!$A$7:$A$9'
        """
        return _REFERENCE.sub(lambda found: self.span(found[1], found[2]) if found[1] else self.cells[found[2]], text)


Formula = Callable[[Around], str]


def formula(text: str) -> Formula:
    """A formula that is the same in every period."""
    return lambda at: at.fill(text)


def about_indicator(field: str) -> Formula:
    """Look a property of the row's indicator up in ``2_INDIKATOR``."""
    row = "MATCH([kode_indikator],[2_INDIKATOR!kode_indikator],0)"
    return formula(f'=IF([kode_indikator]="","",IFERROR(INDEX([2_INDIKATOR!{field}],{row})&"",""))')


def target(suffix: str) -> Formula:
    """Target of the period in the last PK of the year (``suffix`` "" or "_atas" for the upper bound)."""
    in_year = '([3_TARGET!tahun]={year})*(LEFT([3_TARGET!dokumen],2)="PK")'
    return lambda at: _last(at, "3_TARGET", at.period + suffix, in_year.format(year=at.year))


def quarter_before(at: Around) -> str:
    """Actual of the quarter before, in the same year."""
    return _actual(at, at.year, at.quarters_before[-1]) if at.quarters_before else '=""'


def year_before(at: Around) -> str:
    """Actual of the same period one year before."""
    return _actual(at, at.year - 1, at.period)


def _actual(at: Around, year: int, period: str) -> str:
    condition = f'([4b_RIWAYAT!tahun]={year})*([4b_RIWAYAT!periode]="{LABELS["periode"][period]}")'
    return _last(at, "4b_RIWAYAT", "nilai", condition)


def _last(at: Around, sheet: str, field: str, condition: str) -> str:
    """Value of the last row of ``sheet`` for the indicator that meets ``condition`` and is not empty."""
    rows = f'([{sheet}!kode_indikator]=[kode_indikator])*{condition}*([{sheet}!{field}]<>"")'
    return at.fill(f'=IF([kode_indikator]="","",IFERROR(LOOKUP(2,1/({rows}),[{sheet}!{field}]),""))')


_SUM, _MEAN = (f'[agregasi]="{AGGREGATION[kind]}"' for kind in ("jumlah", "rata_rata"))
_ADDED = f"OR({_SUM},{_MEAN})"
"""Whether the number is the quarter's own, so that earlier quarters are added or averaged."""


def _quarters(at: Around, quarter: str = "TW*") -> str:
    """Criteria of COUNTIFS and SUMIFS: a quarter (or all) of this year of the row's indicator."""
    indicator = "[4b_RIWAYAT!kode_indikator],[kode_indikator]"
    return f'{indicator},[4b_RIWAYAT!tahun],{at.year},[4b_RIWAYAT!periode],"{quarter}"'


def _is_settled(at: Around, quarter: str) -> str:
    """Whether an earlier quarter has a value, or none was due by the schedule or by its status."""
    rows = _quarters(at, LABELS["periode"][quarter])
    half_year = "FALSE" if quarter in ("TW2", "TW4") else f'[jadwal_ukur]="{SCHEDULE["semesteran"]}"'
    return (
        f'OR([jadwal_ukur]="{SCHEDULE["tahunan"]}",{half_year},COUNTIFS({rows},[4b_RIWAYAT!nilai],"<>")>0,'
        f'COUNTIFS({rows},[4b_RIWAYAT!status],"{STATUS["belum_jadwal"]}")>0)'
    )


def sum_before(at: Around) -> str:
    """Sum of the earlier quarters; empty unless each one that was due has a value."""
    settled = "".join(f",{_is_settled(at, quarter)}" for quarter in at.quarters_before)
    condition = f'AND([kode_indikator]<>"",{_ADDED}{settled})'
    return at.fill(f'=IF({condition},SUMIFS([4b_RIWAYAT!nilai],{_quarters(at)}),"")')


def count_before(at: Around) -> str:
    """Number of earlier quarters that have a value."""
    return at.fill(f'=IF(AND([kode_indikator]<>"",{_ADDED}),COUNTIFS({_quarters(at)},[4b_RIWAYAT!nilai],"<>"),"")')


def meaning(at: Around) -> str:
    """Say what the number in the yellow cell means for this indicator."""
    words = f'IF({_ADDED},"triwulan ini saja","s.d. akhir triwulan ini")'
    if at.period == "tahunan":
        words = '"angka setahun"'
    return at.fill(f'=IF([agregasi]="","",{words})')


def to_date(at: Around) -> str:
    """Actual to the end of the period, by the way quarters become a year."""
    waiting = ",".join(f'[status]="{STATUS[name]}"' for name in WAITING)
    total = "[jumlah_sebelumnya]+[nilai]"
    by_kind = (
        f'IF({_SUM},IF(ISNUMBER([jumlah_sebelumnya]),{total},""),'
        f'IF({_MEAN},IF(ISNUMBER([jumlah_sebelumnya]),({total})/([banyak_sebelumnya]+1),""),[nilai]))'
    )
    value = "[nilai]" if at.period == "tahunan" else by_kind
    return at.fill(f'=IF(OR(NOT(ISNUMBER([nilai])),{waiting}),"",{value})')


def _has_sign(sign: int) -> str:
    """Whether the word of the row is that of a polarity with this sign."""
    tests = [f'[polaritas]="{item.label}"' for item in POLARITIES.values() if item.sign == sign]
    return tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"


def percent(at: Around) -> str:
    """Achievement in per cent, uncapped; empty where it is undefined."""
    actual, low, high = "[sampai_dengan]", "[target]", "IF(ISNUMBER([target_atas]),[target_atas],[target])"
    bound = f"IF({actual}>{high},{high},{low})"
    is_range, falls = _has_sign(0), _has_sign(-1)
    one_sided = ",".join(f'[polaritas]<>"{item.label}"' for item in POLARITIES.values() if not item.sign)
    sign = f"IF({is_range},IF({actual}>{high},-1,1),IF({falls},-1,1))"
    by_deviation = f"100*(1+{sign}*({actual}-{bound})/ABS({bound}))"
    by_ratio = f'IF({bound}<0,"",IF({falls},IF({actual}>0,100*{bound}/{actual},""),100*{actual}/{bound}))'
    is_ratio = f'AND([rumus]="{RULE["rasio"]}",{one_sided})'
    return at.fill(
        f'=IF(OR(NOT(ISNUMBER({actual})),NOT(ISNUMBER({low})),[polaritas]=""),"",'
        f"IF(AND({actual}>={low},{actual}<={high},{low}<{high}),100,"
        f'IF({bound}=0,"",IF({is_ratio},{by_ratio},{by_deviation}))))'
    )


def _first_of(key: str, *steps: tuple[str, str]) -> Formula:
    """The word of the first condition that holds, or OK; empty in a row without ``key``."""
    nested = '"OK"'
    for condition, word in reversed(steps):
        nested = f'IF({condition},"{word}",{nested})'
    return formula(f'=IF([{key}]="","",{nested})')


def _jumps(base: str) -> str:
    """More than half of ``base`` away from it; never where ``base`` is missing or zero."""
    return f"AND(N([{base}])<>0,ABS([nilai]-N([{base}]))>0.5*ABS(N([{base}])))"


_CUMULATIVE = f'[agregasi]="{AGGREGATION["kumulatif"]}"'
_GROWS = f"OR({_CUMULATIVE},{_SUM})"
_REPORTED = f'OR([status]="{STATUS["final"]}",[status]="{STATUS["sementara"]}")'
check = _first_of(
    "kode_indikator",
    ('AND([nilai]="",[nilai_huruf]="",[status]="")', "Belum diisi"),
    ('AND([nilai]<>"",NOT(ISNUMBER([nilai])))', "Bukan angka"),
    (f'AND([nilai]="",[nilai_huruf]="",{_REPORTED})', "Nilai kosong"),
    ('[status]=""', "Status kosong"),
    ('AND(OR([nilai]<>"",[nilai_huruf]<>""),[sumber]="")', "Sumber kosong"),
    ('[nilai]=""', "OK"),
    (f"AND({_CUMULATIVE},ISNUMBER([tw_lalu]),[nilai]<N([tw_lalu]))", "Realisasi < TW lalu padahal kumulatif"),
    ("AND(ISNUMBER([capaian]),OR(N([capaian])<0,N([capaian])>200))", "Arah mungkin terbalik"),
    (f"OR(AND({_GROWS},{_jumps('tahun_lalu')}),AND(NOT({_GROWS}),{_jumps('tw_lalu')}))", "Loncat > 50%"),
    ("AND(ISNUMBER([target]),[sampai_dengan]=[target])", "Sama persis dengan target"),
)
"""The first thing to look at in a row of ``4_REALISASI``, or OK."""
check_analysis = _first_of(
    "kode_indikator",
    (
        'AND(AND(ISNUMBER([capaian]),N([capaian])<100),OR([faktor_penghambat]="",[upaya]=""))',
        "Analisis kosong",
    ),
)
"""Whether an indicator below 100 % still lacks its obstacle or its effort."""
check_cause = _first_of("kode_rekening", ('[sebab]=""', "Sebab kosong"))
"""Whether the cause of a budget change is still missing."""

_OWN_ROW = "MATCH([kode_indikator],[4_REALISASI!kode_indikator],0)"
achieved = formula(f'=IF([kode_indikator]="","",IFERROR(INDEX([4_REALISASI!capaian],{_OWN_ROW}),""))')
"""Achievement of the row's indicator, from ``4_REALISASI``."""
change = formula(
    '=IF(AND(ISNUMBER([pagu_sebelum_rp]),ISNUMBER([pagu_sesudah_rp])),[pagu_sesudah_rp]-[pagu_sebelum_rp],"")'
)
"""Ceiling after minus before."""

_SPENDING = ",".join(f"[realisasi_rp_{quarter}]" for quarter in QUARTERS)
_CEILING = (
    "IF(ISNUMBER([pagu_perubahan]),[pagu_perubahan],IF(ISNUMBER([pagu_pergeseran]),[pagu_pergeseran],[pagu_murni]))"
)
_HAS_BOTH = f"AND(ISNUMBER([jumlah_rp]),N({_CEILING})>0)"
spent = formula(f'=IF(COUNT({_SPENDING})=0,"",SUM({_SPENDING}))')
"""Sum of the four quarters' spending in ``6_PROGRAM``."""
spent_share = formula(f'=IF({_HAS_BOTH},100*[jumlah_rp]/{_CEILING},"")')
"""Spending in per cent of the last ceiling given."""
remainder = formula(f'=IF({_HAS_BOTH},{_CEILING}-[jumlah_rp],"")')
"""Last ceiling given minus spending."""
