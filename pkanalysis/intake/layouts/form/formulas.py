"""The green cells: formulas that every spreadsheet since Excel 2010 computes.

``[nilai]`` is the cell of that field in the row of the formula, ``[4b_RIWAYAT!nilai]`` the whole column of another
sheet. Achievement follows the application's own formula (:func:`pkanalysis.achievement.percent`).
"""

from __future__ import annotations

from functools import cache

from pkanalysis.vocabulary import LABELS, POLARITIES, QUARTERS, WAITING

BLOCKING = ("Belum diisi", "Bukan angka", "Nilai kosong", "Status kosong", "Sumber kosong")
AGGREGATION, STATUS, RULE, SCHEDULE = (LABELS[name] for name in ("agregasi", "status", "rumus", "jadwal_ukur"))
_SUM, _MEAN, _CUMULATIVE = (f'[agregasi]="{AGGREGATION[kind]}"' for kind in ("jumlah", "rata_rata", "kumulatif"))
_ADDED = f"OR({_SUM},{_MEAN})"
"""Whether the number is the quarter's own, so that earlier quarters are added or averaged."""


def _first_of(key: str, *steps: tuple[str, str]) -> str:
    """The word of the first condition that holds, or OK; empty in a row without ``key``."""
    nested = '"OK"'
    for condition, word in reversed(steps):
        nested = f'IF({condition},"{word}",{nested})'
    return f'=IF([{key}]="","",{nested})'


_GROWS = f"OR({_CUMULATIVE},{_SUM})"
_REPORTED = f'OR([status]="{STATUS["final"]}",[status]="{STATUS["sementara"]}")'
_JUMPS, _JUMPS_IN_A_YEAR = (  # more than half of the base away from it; never where it is missing or zero
    f"AND(N([{base}])<>0,ABS([nilai]-N([{base}]))>0.5*ABS(N([{base}])))" for base in ("tw_lalu", "tahun_lalu")
)
_CHECK = _first_of(
    "kode_indikator",
    ('AND([nilai]="",[nilai_huruf]="",[status]="")', "Belum diisi"),
    ('AND([nilai]<>"",NOT(ISNUMBER([nilai])))', "Bukan angka"),
    (f'AND([nilai]="",[nilai_huruf]="",{_REPORTED})', "Nilai kosong"),
    ('[status]=""', "Status kosong"),
    ('AND(OR([nilai]<>"",[nilai_huruf]<>""),[sumber]="")', "Sumber kosong"),
    ('[nilai]=""', "OK"),
    (f"AND({_CUMULATIVE},ISNUMBER([tw_lalu]),[nilai]<N([tw_lalu]))", "Realisasi < TW lalu padahal kumulatif"),
    ("AND(ISNUMBER([capaian]),OR(N([capaian])<0,N([capaian])>200))", "Arah mungkin terbalik"),
    (f"OR(AND({_GROWS},{_JUMPS_IN_A_YEAR}),AND(NOT({_GROWS}),{_JUMPS}))", "Loncat > 50%"),
    ("AND(ISNUMBER([target]),[sampai_dengan]=[target])", "Sama persis dengan target"),
)

_WORDS = {
    sign: [f'[polaritas]="{item.label}"' for item in POLARITIES.values() if item.sign == sign] for sign in (0, -1)
}
_TWO_SIDED, _FALLS = (tests[0] if len(tests) == 1 else f"OR({','.join(tests)})" for tests in _WORDS.values())
_ACTUAL, _LOW, _HIGH = "[sampai_dengan]", "[target]", "IF(ISNUMBER([target_atas]),[target_atas],[target])"
_BOUND = f"IF({_ACTUAL}>{_HIGH},{_HIGH},{_LOW})"
_SIGN = f"IF({_TWO_SIDED},IF({_ACTUAL}>{_HIGH},-1,1),IF({_FALLS},-1,1))"
_BY_DEVIATION = f"100*(1+{_SIGN}*({_ACTUAL}-{_BOUND})/ABS({_BOUND}))"
_BY_RATIO = f'IF({_BOUND}<0,"",IF({_FALLS},IF({_ACTUAL}>0,100*{_BOUND}/{_ACTUAL},""),100*{_ACTUAL}/{_BOUND}))'
_IS_RATIO = f'AND([rumus]="{RULE["rasio"]}",{",".join(_WORDS[0]).replace("=", "<>")})'

_SPENDING = ",".join(f"[realisasi_rp_{quarter}]" for quarter in QUARTERS)
_CEILING = (
    "IF(ISNUMBER([pagu_perubahan]),[pagu_perubahan],IF(ISNUMBER([pagu_pergeseran]),[pagu_pergeseran],[pagu_murni]))"
)
_HAS_BOTH = f"AND(ISNUMBER([jumlah_rp]),N({_CEILING})>0)"
_INDICATOR = "MATCH([kode_indikator],[2_INDIKATOR!kode_indikator],0)"
_OWN_ROW = "MATCH([kode_indikator],[4_REALISASI!kode_indikator],0)"

ALWAYS = {
    # properties of the row's indicator, looked up in 2_INDIKATOR
    **{field: f'=IF([kode_indikator]="","",IFERROR(INDEX([2_INDIKATOR!{field}],{_INDICATOR})&"",""))'
       for field in ("nama_indikator", "satuan", "polaritas", "agregasi", "rumus", "jadwal_ukur")},
    # achievement in per cent, uncapped; empty where it is undefined
    "capaian": f'=IF(OR(NOT(ISNUMBER({_ACTUAL})),NOT(ISNUMBER({_LOW})),[polaritas]=""),"",'
               f"IF(AND({_ACTUAL}>={_LOW},{_ACTUAL}<={_HIGH},{_LOW}<{_HIGH}),100,"
               f'IF({_BOUND}=0,"",IF({_IS_RATIO},{_BY_RATIO},{_BY_DEVIATION}))))',
    # the same of the row's indicator, from 4_REALISASI
    "capaian_periode": f'=IF([kode_indikator]="","",IFERROR(INDEX([4_REALISASI!capaian],{_OWN_ROW}),""))',
    # the first thing to look at in a row of 4_REALISASI, or OK
    "periksa": _CHECK,
    # whether an indicator below 100 % still lacks its obstacle or its effort
    "periksa_analisis": _first_of("kode_indikator", (
        'AND(AND(ISNUMBER([capaian]),N([capaian])<100),OR([faktor_penghambat]="",[upaya]=""))', "Analisis kosong")),
    # whether the cause of a budget change is still missing
    "periksa_sebab": _first_of("kode_rekening", ('[sebab]=""', "Sebab kosong")),
    # ceiling after minus before
    "selisih": "=IF(AND(ISNUMBER([pagu_sebelum_rp]),ISNUMBER([pagu_sesudah_rp])),"
               '[pagu_sesudah_rp]-[pagu_sebelum_rp],"")',
    # sum of the four quarters' spending in 6_PROGRAM, in per cent of the last ceiling given, and what is left of it
    "jumlah_rp": f'=IF(COUNT({_SPENDING})=0,"",SUM({_SPENDING}))',
    "serapan": f'=IF({_HAS_BOTH},100*[jumlah_rp]/{_CEILING},"")',
    "sisa": f'=IF({_HAS_BOTH},{_CEILING}-[jumlah_rp],"")',
}  # fmt: skip
"""Formulas that are the same in every period, by name."""


def _last(sheet: str, field: str, condition: str) -> str:
    """Value of the last row of ``sheet`` for the indicator that meets ``condition`` and is not empty."""
    rows = f'([{sheet}!kode_indikator]=[kode_indikator])*{condition}*([{sheet}!{field}]<>"")'
    return f'=IF([kode_indikator]="","",IFERROR(LOOKUP(2,1/({rows}),[{sheet}!{field}]),""))'


@cache
def of_period(year: int, period: str) -> dict[str, str]:
    """Every formula of the workbook of one period, by name.

    Parameters
    ----------
    year : int
    period : {"TW1", "TW2", "TW3", "TW4", "tahunan"}

    Examples
    --------
    >>> of_period(2025, "TW1")["tw_lalu"], of_period(2025, "tahunan")["arti"]
    ('=""', '=IF([agregasi]="","","angka setahun")')
    """
    is_year, words = period == "tahunan", LABELS["periode"]
    before = QUARTERS[: QUARTERS.index(period)] if period in QUARTERS else ()
    signed = f'([3_TARGET!tahun]={year})*(LEFT([3_TARGET!dokumen],2)="PK")'
    earlier = '([4b_RIWAYAT!tahun]={})*([4b_RIWAYAT!periode]="{}")'
    # criteria of COUNTIFS and SUMIFS: a quarter (or all) of this year of the row's indicator
    quarter = f'[4b_RIWAYAT!kode_indikator],[kode_indikator],[4b_RIWAYAT!tahun],{year},[4b_RIWAYAT!periode],"{{}}"'
    settled = ""  # each earlier quarter has a value, or none was due by the schedule or by its status
    for name in before:
        rows = quarter.format(words[name])
        half_year = "FALSE" if name in ("TW2", "TW4") else f'[jadwal_ukur]="{SCHEDULE["semesteran"]}"'
        settled += (
            f',OR([jadwal_ukur]="{SCHEDULE["tahunan"]}",{half_year},COUNTIFS({rows},[4b_RIWAYAT!nilai],"<>")>0,'
            f'COUNTIFS({rows},[4b_RIWAYAT!status],"{STATUS["belum_jadwal"]}")>0)'
        )
    every, total = quarter.format("TW*"), "[jumlah_sebelumnya]+[nilai]"
    waiting = ",".join(f'[status]="{STATUS[name]}"' for name in WAITING)
    by_kind = (
        f'IF({_SUM},IF(ISNUMBER([jumlah_sebelumnya]),{total},""),'
        f'IF({_MEAN},IF(ISNUMBER([jumlah_sebelumnya]),({total})/([banyak_sebelumnya]+1),""),[nilai]))'
    )
    meaning = '"angka setahun"' if is_year else f'IF({_ADDED},"triwulan ini saja","s.d. akhir triwulan ini")'
    return ALWAYS | {
        # target of the period, and its upper bound, in the last PK of the year
        "target": _last("3_TARGET", period, signed),
        "target_atas": _last("3_TARGET", f"{period}_atas", signed),
        # actual of the quarter before in the same year, and of the same period one year before
        "tw_lalu": _last("4b_RIWAYAT", "nilai", earlier.format(year, words[before[-1]])) if before else '=""',
        "tahun_lalu": _last("4b_RIWAYAT", "nilai", earlier.format(year - 1, words[period])),
        # what the number in the yellow cell means, and the actual to the end of the period
        "arti": f'=IF([agregasi]="","",{meaning})',
        "sampai_dengan": f'=IF(OR(NOT(ISNUMBER([nilai])),{waiting}),"",{"[nilai]" if is_year else by_kind})',
        # sum of the earlier quarters, empty unless each one that was due has a value; and how many have one
        "jumlah_sebelumnya": f'=IF(AND([kode_indikator]<>"",{_ADDED}{settled}),'
                             f'SUMIFS([4b_RIWAYAT!nilai],{every}),"")',
        "banyak_sebelumnya": f'=IF(AND([kode_indikator]<>"",{_ADDED}),'
                             f'COUNTIFS({every},[4b_RIWAYAT!nilai],"<>"),"")',
    }  # fmt: skip
