"""Values of indicators as offices write them: numbers, ranges, predicates, directions, and why there is none yet.

A lone ``1.234`` or ``1,234`` is understood by the other values of its column; where they do not agree
the reading is told with the other one. Nothing that cannot be read becomes a number.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pkanalysis.intake.amounts import AMBIGUOUS, DOUBLED, Marks, decimal_mark
from pkanalysis.intake.book import normal
from pkanalysis.reference import sentences
from pkanalysis.vocabulary import POLARITIES

MISSING = {"", "-", "--", "–", "—", ".", "..", "...", "…", "null", "none", "nan", "undefined", "kosong", "x"}
_NOT_MEASURED = {
    "na", "tad", "tidakadadata", "tidaktersedia", "belumadadata", "belumada", "belumtersedia", "datatidaktersedia",
    "databelumtersedia", "datatidakada", "databelumada",
}  # fmt: skip
_MOVED = re.compile(r"(?:belum|blm|menunggu|tidak|tdk|rilis|akan|masih|dalam proses|proses|dihitung|diukur|dirilis)\b")
_STATUSES = (
    (re.compile(r"\b(rilis|terbit|keluar|dirilis|diterbitkan|diumumkan|menunggu|release)\b"), "menunggu_rilis"),
    (re.compile(r"^(masih |dalam |sedang )*(ber)?proses\b"), "menunggu_rilis"),
    (re.compile(r"\bbelum\b.*\b(jadwal|waktu|waktunya|saat|saatnya|jatuh tempo)\b"), "belum_jadwal"),
    (re.compile(r"\b(akhir tahun|setahun sekali|(di)?(ukur|hitung|rilis) tahunan)\b"), "belum_jadwal"),
    (re.compile(r"\b(belum|tidak|tdk|blm)\b.*\b(ukur|diukur|terukur|hitung|dihitung|dinilai|dievaluasi|survei|disurvei"
                r"|dilaksanakan|dilakukan|terlaksana)\b"), "tidak_terukur"),
    (re.compile(r"\b(tidak|tdk)\s+(lagi\s+)?(berlaku|digunakan|diukur lagi)|\bdihapus\b|\bdicabut\b"
                r"|\bbukan kewenangan\b"), "tidak_berlaku"),
)  # fmt: skip


def waiting(words: str) -> str | None:
    """Status of a cell without a value; empty for a blank, ``None`` for a cell that says something else.

    Examples
    --------
    >>> waiting("-"), waiting("N / A"), waiting("Belum Rilis BPS"), waiting("Rilis Maret 2026"), waiting("75,5")
    ('', 'tidak_terukur', 'menunggu_rilis', 'menunggu_rilis', None)
    """
    lower = words.lower()
    if lower in MISSING:
        return ""
    has_digits = bool(re.search(r"\d", lower))
    if not has_digits and re.sub(r"[^a-z]", "", lower) in _NOT_MEASURED:
        return "tidak_terukur"
    if has_digits and not _MOVED.match(lower):
        return None
    return next((status for pattern, status in _STATUSES if pattern.search(lower)), None)


GRADES = {"AA", "A", "BB", "B", "CC", "C", "D", "E", "WTP", "WTP-DPP", "WDP", "TMP"}
_OPINIONS = {"wajar tanpa pengecualian": "WTP", "wajar dengan pengecualian": "WDP", "tidak memberikan pendapat": "TMP"}
_STEPS = (
    "baik", "buruk", "cukup", "kurang", "sedang", "tinggi", "rendah", "memuaskan", "informatif", "inovatif", "sehat",
    "prima", "efektif",
)  # fmt: skip
_SCALE = {
    *_STEPS, *(f"{much} {step}" for step in _STEPS for much in ("sangat", "cukup", "kurang", "tidak", "menuju")),
    "cukup baik", "agak kurang", "tidak wajar", "mandiri", "maju", "berkembang", "tertinggal", "sangat tertinggal",
    "pratama", "madya", "nindya", "utama", "paripurna", "wajar", "unggul", "aman", "terkendali", "layak",
    "hijau", "kuning", "merah", "biru", "emas", "hitam", "ya", "ada", "tercapai", "tidak tercapai", "terlaksana",
}  # fmt: skip
_LABEL = re.compile(
    r"(?i)^(?:(?:predikat|opini|nilai|kategori|sakip|akip|grade|peringkat|level|skor|indeks|tingkat|rank(?:ing)?|bpk"
    r"|kelas|bintang|lhe)\s*:?\s+)+(?=\S)"
)
"""Words before a value that only say what it is."""


def predicate(words: str) -> str:
    """The predicate that the words are, opinions by their abbreviation, or empty.

    Examples
    --------
    >>> predicate("BB"), predicate("wajar tanpa pengecualian"), predicate("Sangat Baik"), predicate("KM")
    ('BB', 'WTP', 'Sangat Baik', '')
    >>> predicate("WTP (Wajar Tanpa Pengecualian)"), predicate("B+")
    ('WTP', 'B+')
    """
    words = words.strip(" .*")
    if words.rstrip("+-") in GRADES or words.upper().replace(" ", "-") == "WTP-DPP":
        return words
    if (lower := words.lower()) in _OPINIONS:
        return _OPINIONS[lower]
    if lower in _SCALE:
        return words
    first, bracket, _ = words.partition("(")
    return predicate(first) if bracket and first.strip() else ""


LARGEST = 1e18
_NUMBER = r"\(?[-−+]?[.,]?\d[\d.,]*\)?"
_TO = r"(?:-|–|—|s\.?\s?/?d\.?|sampai(?: dengan)?|hingga)"
_WRITTEN = re.compile(
    r"(?P<bound>[<>≤≥=±~]+|(?:min(?:imal|imum)?|maks(?:imal|imum)?|max|kurang dari|lebih dari)\b\.?)?\s*(?P<rp>rp\.?)?"
    rf"\s*(?P<low>{_NUMBER})\s*%?(?:\s*{_TO}\s*(?P<high>{_NUMBER})\s*%?)?\s*(?P<words>[^\d]*)",
    re.IGNORECASE,
)
_LETTER_FIRST = re.compile(rf"(?P<letter>[A-Z]{{1,3}}[+-]?)\s*[(/:,]?\s*(?P<low>{_NUMBER})\s*\)?")
_QUALITY = re.compile(r"[^\W\d][^\d]{0,39}")
_UNCLEAR = re.compile(r"(?i)(belum|blm|tidak|tdk|tanpa|nihil|kosong|angka)\b")
_LOGICAL = ("TRUE", "FALSE", "BENAR", "SALAH")
_MULTIPLIER = re.compile(r"(?i)\b(ribu|rb|juta|jt|mil[iy]ar|tril[iy]un)\b")
_PROVISIONAL = re.compile(r"(?i)\b(sementara|prognos[ai]s?|estimasi|perkiraan)\b")


@dataclass(frozen=True)
class Value:
    """One value; every field is empty when the cell is.

    ``upper`` closes a range, ``letter`` is a predicate, ``status`` one of ``vocabulary.WAITING``, or ``sementara``
    beside a number. ``problem`` is the code of why the cell could not be read; ``doubt`` of why it may mean something
    else, ``other`` what; ``named`` are the values that their sentences name. ``unit`` is what stands behind the number,
    ``bound`` the sign before it (``<``, ``min``).
    """

    number: float | None = None
    upper: float | None = None
    letter: str = ""
    status: str = ""
    problem: str = ""
    doubt: str = ""
    other: float | None = None
    unit: str = field(default="", compare=False, repr=False)
    bound: str = field(default="", compare=False, repr=False)
    named: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def is_empty(self) -> bool:
        """Whether the cell says nothing at all."""
        return self == Value()

    def why(self, how_read: bool = True) -> str:
        """The problem or the doubt in words, with how a doubtful cell was read unless ``how_read`` is false.

        Examples
        --------
        >>> (value,) = values(["4,.9"])
        >>> value.why(), value.why(how_read=False)
        ('pemisah ganda; dibaca 4,9', 'pemisah ganda')
        """
        codes = [self.problem or self.doubt]
        if how_read and not self.problem:
            codes.append(f"{self.doubt}_DIBACA")
        return "; ".join(sentences()[code].format(**self.named) for code in codes)


def values(cells: Sequence[Any]) -> list[Value]:
    r"""Read a column of indicator values.

    The decimal mark of the column is the one that most of its numbers show beyond doubt; the Indonesian comma where
    nothing decides.

    Parameters
    ----------
    cells : sequence
        Raw cells: numbers, or text such as ``"75,5"``, ``"70-80 BB"``, ``"WTP"``, ``"Belum Rilis BPS"``, ``"100%\t"``.

    Returns
    -------
    list of Value
        One per cell, in the unit of the column.

    Examples
    --------
    >>> [value.number for value in values(["75,5", "100%\t", "1.234", 5, "-"])]
    [75.5, 100.0, 1234.0, 5.0, None]
    >>> values(["70-80 BB"])[0]
    Value(number=70.0, upper=80.0, letter='BB', status='', problem='', doubt='', other=None)
    >>> values(["WTP"])[0].letter, values(["Opini BPK WTP"])[0].letter, values(["Belum Rilis BPS"])[0].status
    ('WTP', 'WTP', 'menunggu_rilis')
    >>> values(["Level 3"])[0].number, values(["4,.9"])[0].doubt
    (3.0, 'NILAI_PEMISAH_GANDA')
    """
    numbers = (number for cell in cells if isinstance(cell, str) for number in re.findall(r"\d[\d.,]*", cell))
    shown = [decimal_mark(number) for number in numbers]
    commas, points = shown.count(","), shown.count(".")
    marks = Marks("." if points > commas else ",", (commas > 0) != (points > 0))
    read = [_value(cell, marks) for cell in cells]
    is_small = [max(abs(value.number or 0), abs(value.upper or 0)) < LARGEST for value in read]
    return [
        value if small else Value(problem="NILAI_TERLALU_BESAR") for value, small in zip(read, is_small, strict=True)
    ]


def _value(cell: Any, marks: Marks) -> Value:
    if cell is None or (isinstance(cell, float) and cell != cell):
        return Value()
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return Value(problem="NILAI_ISI_LAIN")
    if not isinstance(cell, str):
        return Value(number=float(cell)) if abs(cell) < LARGEST else Value(problem="NILAI_TERLALU_BESAR")
    words = re.sub(r",-$", "", " ".join(cell.strip("'\"`").split()))
    if (status := waiting(words)) is not None:
        return Value(status=status)
    if words.startswith("#"):
        return Value(problem="NILAI_RUMUS_GAGAL", named={"isi": words})
    if words.upper() in _LOGICAL:
        return Value(problem="NILAI_BUKAN_NILAI")
    if _UNCLEAR.match(words) and not predicate(words):
        return Value(problem="NILAI_TIDAK_JELAS")

    words = _LABEL.sub("", words, count=1)
    if (found := _LETTER_FIRST.fullmatch(words)) and found["letter"].rstrip("+-") in GRADES:
        return replace(_number(found["low"], marks), letter=found["letter"])
    letter = predicate(words)
    if letter or (_QUALITY.fullmatch(words) and len(words.split()) <= 3):  # a short word that no scale has
        return Value(letter=letter or words, doubt="" if letter else "NILAI_BUKAN_PREDIKAT")
    return _measured(words, marks)


def _measured(words: str, marks: Marks) -> Value:
    """A number or a range, with what stands before and behind it."""
    found = _WRITTEN.fullmatch(words)
    if not found:
        return Value(problem="NILAI_BUKAN_NILAI")
    tail = found["words"].strip(" ()/:%*-–")
    if _MULTIPLIER.search(tail) or tail in ("M", "T") or (found["rp"] and tail.upper() in ("M", "T")):
        return Value(problem="NILAI_BERSATUAN_RIBU")
    letter = predicate(tail)
    if re.match(r"[-–+]", found["words"]) and not letter:
        return Value(problem="NILAI_BUKAN_NILAI")

    value = _number(found["low"], marks)
    if found["high"] and value.number is not None:
        high = _number(found["high"], marks)
        told = value if value.doubt else high
        if high.number is not None and value.number > high.number:
            value = Value(problem="NILAI_RENTANG_TERBALIK")
        elif high.number is not None:
            value = replace(value, upper=high.number, doubt=told.doubt, named=told.named)
        else:
            value = high
    if value.problem:
        return replace(value, letter=letter)

    bound, is_percent = (found["bound"] or "").strip(" =.").lower(), "%" in found[0]
    if bound in ("±", "~"):
        value = replace(value, doubt=value.doubt or "NILAI_KIRA_KIRA")
    if not letter and _PROVISIONAL.search(tail):
        return replace(value, status="sementara", bound=bound, unit="%" if is_percent else "")
    return replace(value, letter=letter, unit="%" if is_percent else "" if letter else tail, bound=bound)


def _number(written: str, marks: Marks) -> Value:
    bare = written.strip("()−-+").rstrip(".,")
    sign = -1.0 if re.match(r"\(?[-−]", written) or (written.startswith("(") and written.endswith(")")) else 1.0
    if doubled := DOUBLED.search(bare):  # 4,.9 can only be 4,9; with three digits behind also thousands
        whole, behind = bare[: doubled.start()], bare[doubled.end() :]
        if not (whole.isdigit() and behind.isdigit()) or len(behind) == 3:
            return Value(problem="NILAI_PEMISAH_TIDAK_PASTI")
        named = {"dibaca": f"{whole},{behind}"}
        return Value(number=sign * float(f"{whole}.{behind}"), doubt="NILAI_PEMISAH_GANDA", named=named)
    if AMBIGUOUS.fullmatch(bare):  # the column decides, and says so where it is of two minds
        digits, point = re.sub(r"[.,]", "", bare), bare.replace(",", ".")
        is_decimal, fraction = marks.decimal in bare, point.replace(".", ",")
        number, other = (float(point), float(digits)) if is_decimal else (float(digits), float(point))
        named = {"bulat": digits, "pecahan": fraction, "dibaca": fraction if is_decimal else digits}
        doubt = "" if marks.is_clear else "NILAI_DUA_ARTI"
        return Value(number=sign * number, doubt=doubt, other=sign * other, named=named)
    mark = decimal_mark(bare) or marks.decimal
    plain = bare.replace("," if mark == "." else ".", "").replace(mark, ".")
    if plain.count(".") > 1:
        return Value(problem="NILAI_PEMISAH_TIDAK_BERATURAN")
    return Value(number=sign * float(plain))


def indicator_code(office: str, kind: str, *names: str) -> str:
    """Code of an indicator; the same office and names give the same code, in whatever case and spacing.

    Examples
    --------
    >>> indicator_code("DINAS-UJI", "IKU", "ANGKA  kemiskinan")
    'DINAS-UJI-IKU-71f1401a'
    """
    digest = hashlib.sha256("/".join(map(normal, names)).encode("utf-8")).hexdigest()
    return f"{office}-{kind}-{digest[:8]}"


_DASHES = {"-", "–", "—"}
_OF = {words: name for name, polarity in POLARITIES.items() for words in polarity.spellings}
_OF_SIGN = {mark: name for name, polarity in POLARITIES.items() for mark in polarity.marks}
_SAYS = (
    (re.compile(r"(tinggi|besar|banyak|naik|higher|more)\b.*\b(baik|better)"), "naik_baik"),
    (re.compile(r"(rendah|kecil|sedikit|turun|lower|less|fewer)\b.*\b(baik|better)"), "turun_baik"),
)
_BAD = re.compile(
    r"kemiskinan|penduduk miskin|pengangguran|kematian|stunting|prevalensi|risiko|rawan|ketimpangan|kesenjangan|gini"
    r"|kekerasan|kriminal|putus sekolah|kumuh|kecelakaan|kehilangan|pelanggaran|temuan|v/c"
    r"|waktu tanggap|respons?e? time"
)
_AGAINST_BAD = re.compile(
    r"penurunan|pengurangan|penanganan|pencegahan|pengendalian|penyelesaian|diselesaikan|ditangani|tertangani|bebas"
    r"|tindak lanjut|ditindaklanjuti|layanan|cakupan|korban|akta"
)
_GOOD = re.compile(r"indeks|kepuasan|nilai sakip|harapan|akreditasi|kualitas|cakupan|capaian|pertumbuhan|perlindungan")


def column(cells: Sequence[Any]) -> list[str]:
    """Polarity per cell of a column, empty where it says none; a lone dash is a blank beside words like ``Naik``.

    Examples
    --------
    >>> column(["+", " - "]), column(["Naik", "-"]), column(["-", "-"])
    (['naik_baik', 'turun_baik'], ['naik_baik', ''], ['turun_baik', 'turun_baik'])
    >>> column(["Semakin rendah  semakin baik", "Maximize (makin besar)", "Indikator Negatif", "Positif (+)"])
    ['turun_baik', 'naik_baik', 'turun_baik', 'naik_baik']
    """
    read = []
    for cell in cells:
        words = " ".join(str(cell).lower().replace("_", " ").split())
        bare = re.sub(r"\(.*?\)|^(indikator|polari[st]asi?|polaritas|arah)\b\s*:?|[+↑▲↓▼]", "", words).strip(" .-")
        said = next((polarity for pattern, polarity in _SAYS if pattern.search(words)), "")
        read.append(_OF_SIGN.get(words) or _OF.get(bare) or said)
    signs = [str(cell).strip() for cell in cells]
    has_words = any(polarity and sign not in _OF_SIGN for polarity, sign in zip(read, signs, strict=True))
    is_blank = has_words and not {"+", "↑", "▲", "+/-", "±"} & set(signs)
    return ["" if is_blank and sign in _DASHES else polarity for polarity, sign in zip(read, signs, strict=True)]


def likely(name: str) -> str:
    """Polarity that the words of a name make likely, or empty. A guess: good for a warning, never for a value.

    Examples
    --------
    >>> likely("Angka Kemiskinan"), likely("Indeks Perlindungan Anak"), likely("Penurunan luasan kumuh")
    ('turun_baik', 'naik_baik', 'naik_baik')
    >>> likely("Rasio Konektivitas")
    ''
    """
    words = name.lower()
    if _BAD.search(words):
        return "naik_baik" if _AGAINST_BAD.search(words) else "turun_baik"
    return "naik_baik" if _GOOD.search(words) else ""


def bounded(bound: str) -> str:
    """Polarity that the sign before a target implies, or empty.

    Examples
    --------
    >>> bounded("≥"), bounded("<"), bounded("maks"), bounded("±")
    ('naik_baik', 'turun_baik', 'turun_baik', '')
    """
    if re.match(r"[>≥]|min|lebih", bound):
        return "naik_baik"
    return "turun_baik" if re.match(r"[<≤]|ma(ks|x)|kurang", bound) else ""
