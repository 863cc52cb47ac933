"""Accounts and their efficiency category under Inpres 1/2025.

The columns by which two stages are brought together: one code in several forms is one line.

Words on sub kegiatan and paket, for what no account shows; they only ever raise a line for review.

Whether two stages speak the same language of accounts; if not, a comparison by account is refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

import pandas as pd

from pkanalysis import codes, reference
from pkanalysis.analysis import claims
from pkanalysis.analysis.claims import Refusal, refusal

STAFF, GOODS, CAPITAL = "5.1.01", "5.1.02", "5.2"
"""Belanja pegawai, barang dan jasa, modal."""
TARGETED = ("pasti", "taksiran")
"""Certainties that make an account a target of the Inpres; the others need a person's judgement."""


def classify(accounts: pd.Series | str | Sequence[str]) -> pd.DataFrame:
    """Efficiency category of accounts, by the longest prefix that covers them.

    Parameters
    ----------
    accounts : Series, sequence of str or str
        Account codes in any form (see :mod:`pkanalysis.codes`).

    Returns
    -------
    DataFrame
        Index of the Series: ``kategori``, ``keyakinan`` (pasti, taksiran, perlu_telaah, di_luar_sasaran,
        tidak_terurai), ``is_sasaran`` (the Inpres asks to limit it), ``angka`` (the point of diktum KEEMPAT that
        does, 1-7), ``kategori_s37`` (comparison with the state budget only) and ``dasar``.
        An account that no prefix covers gets ``lainnya`` and ``perlu_telaah``.

    References
    ----------
    Inpres 1/2025 diktum KEEMPAT; SE Mendagri 900/833/SJ; the assignment of accounts is this
    project's reading, row by row in ``reference/kategori_efisiensi.csv``.

    Examples
    --------
    >>> classify(pd.Series(["5.1.02.04.01.0001", "5.1.02.99.99.9999"]))[["kategori", "keyakinan"]].values.tolist()
    [['perjalanan_dinas', 'pasti'], ['dana_khusus_tanpa_rincian', 'tidak_terurai']]
    """
    known, written = _categories(), claims.texts(accounts)
    prefixes = [codes.longest_prefix(key, known.index) for key in codes.keys(written)]
    rows = known.reindex(pd.Index(prefixes, tupleize_cols=False)).set_axis(written.index)
    unknown = {"kategori": "lainnya", "keyakinan": "perlu_telaah", "kategori_s37": "", "dasar": ""}
    return rows.fillna(unknown).assign(is_sasaran=rows["is_sasaran"].eq("ya"))


def check_categories(categories: Iterable[str]) -> None:
    """Refuse an efficiency category that the reference does not know.

    Examples
    --------
    >>> check_categories(["perjalanan"])
    Traceback (most recent call last):
        ...
    ValueError: kategori 'perjalanan' tidak dikenal; maksud Anda perjalanan_dinas?
    """
    known = reference.efficiency_categories()["kategori"].unique().tolist()
    for category in categories:
        if category not in known:
            near = get_close_matches(category, known, 3) or known
            raise ValueError(f"kategori {category!r} tidak dikenal; maksud Anda {', '.join(near)}?")


def spending_kind(accounts: pd.Series) -> pd.Series:
    """Name of the kind of spending (jenis belanja) of accounts; ``lainnya`` where none covers them.

    Examples
    --------
    >>> spending_kind(pd.Series(["5.1.01.01.01.0001", "5.2.02.10.01.0002", "6.1"])).tolist()
    ['Belanja Pegawai', 'Belanja Modal', 'Lainnya']
    """
    return by_prefix(accounts, reference.spending_kinds().set_index("kode_prefix")["nama"], "Lainnya")


def by_prefix(written: pd.Series | Sequence[str], known: Mapping[str, str] | pd.Series, default: str = "") -> pd.Series:
    """What ``known`` (code prefix -> word) says of each code, by the longest prefix at segment boundaries.

    Examples
    --------
    >>> by_prefix(pd.Series(["5.1.02.01", "5.10", "5.2.02"]), {"5.1": "operasi", "5.1.02": "barang", "x": "?"}).tolist()
    ['barang', '', '']
    """
    texts = claims.texts(written)
    words = {codes.key(str(prefix)): word for prefix, word in known.items()}
    words.pop((), None)  # what is no code covers nothing
    found = [words.get(codes.longest_prefix(key, words), default) for key in codes.keys(texts)]
    return pd.Series(found, index=texts.index, dtype="str")


def is_under(written: pd.Series | Sequence[str], prefixes: Collection[str]) -> pd.Series:
    """Whether each code lies under one of the prefixes, at segment boundaries."""
    return by_prefix(written, dict.fromkeys(prefixes, "x")).ne("")


def is_targeted(accounts: pd.Series) -> pd.Series:
    """Whether the Inpres asks to limit an account, as far as the account alone can say.

    An account whose only basis is S-37/MK.02/2025 is none: that letter does not bind a region.

    Examples
    --------
    >>> is_targeted(pd.Series(["5.1.02.04.01.0001", "5.1.01.01.01.0001", "5.1.02.03.02.0036"])).tolist()
    [True, False, False]
    """
    kinds = classify(accounts)
    return kinds["keyakinan"].isin(TARGETED) & kinds["is_sasaran"]


@dataclass(frozen=True)
class Opaque:
    """What accounts hide: ``amount_rp`` in whole rupiah, ``share`` in per cent of goods and services (or missing)."""

    amount_rp: int
    share: float | None


def opaque(lines: pd.DataFrame) -> Opaque:
    """Ceiling on accounts of BOS, BOSP, BOK and BLUD, whose content no account shows.

    Parameters
    ----------
    lines : DataFrame
        Rows of ``anggaran`` of one stage.

    Examples
    --------
    >>> codes = ["5.1.02.99.99.9999", "5.1.02.04.01.0001", "5.2.02.10.01.0002"]
    >>> opaque(pd.DataFrame({"kode_rekening": codes, "pagu_rp": [30, 70, 900]}))
    Opaque(amount_rp=30, share=30.0)
    """
    accounts, ceiling = lines["kode_rekening"], lines["pagu_rp"]
    hidden = int(ceiling[classify(accounts)["keyakinan"].eq("tidak_terurai")].sum())
    goods = int(ceiling[is_under(accounts, [GOODS])].sum())
    return Opaque(hidden, 100 * hidden / goods if goods else None)


@cache
def _categories() -> pd.DataFrame:
    rows = reference.efficiency_categories()
    index = pd.Index(codes.keys(rows["kode_prefix"]).tolist(), tupleize_cols=False)
    rows["angka"] = pd.to_numeric(rows["angka"]).astype("Int64")
    return rows[["kategori", "keyakinan", "is_sasaran", "angka", "kategori_s37", "dasar"]].set_axis(index)


ONE_FORM = {"kode_rekening": codes.canonical, "kode_sub_kegiatan": codes.canonical_activity}
"""Codes that circulate in several forms."""


def keyed(frame: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """The key columns as they are compared, and ``pagu_rp``: no key is "", a code has one form.

    A stage in the numbering of 2019 keeps its codes: there they mean other accounts.

    Examples
    --------
    >>> rows = pd.DataFrame({"kode_rekening": ["5.1.02.04.001.00001", None], "pagu_rp": [1, 2]})
    >>> keyed(rows, ["kode_rekening"])["kode_rekening"].tolist()
    ['5.1.02.04.01.0001', '']
    """
    claims.require(frame, [*keys, "pagu_rp"])
    return frame[[*keys, "pagu_rp"]].assign(**{name: _one_form(frame[name]) for name in keys})


def _one_form(key: pd.Series) -> pd.Series:
    if key.name not in ONE_FORM:
        return key if pd.api.types.is_numeric_dtype(key) else key.astype("object").fillna("").infer_objects()
    written = claims.texts(key).fillna("").astype("str")
    is_old = key.name == "kode_rekening" and codes.is_2019_numbering(written)
    form = codes.clean if is_old else ONE_FORM[str(key.name)]
    return written.map({code: form(code) for code in written.unique()}).astype("str")


TEXTS = ("nama_sub_kegiatan", "paket")


def refine(lines: pd.DataFrame) -> pd.DataFrame:
    """Classification of lines by account, with the words that call for a look at them.

    A word alone changes nothing but ``kata_kunci``. A word on an account that needs judgement
    anyway (``perlu_telaah``) and whose category supports it makes the line ``taksiran``; no line
    becomes ``pasti``, and none leaves the targets. What a word marks is a question, not a finding.

    Parameters
    ----------
    lines : DataFrame
        ``kode_rekening`` and, where known, ``nama_sub_kegiatan`` and ``paket``.

    Returns
    -------
    DataFrame
        Columns of :func:`pkanalysis.analysis.budget.accounts.classify` and ``kata_kunci``, for example
        ``"seremonial: hari jadi"`` (several parted by ``"; "``; "" = none).

    References
    ----------
    The lists, each word a judgement, stand in ``reference/kata_kunci.toml``.

    Examples
    --------
    >>> lines = pd.DataFrame({"kode_rekening": "5.1.02.01.01.0043", "paket": ["Hari Jadi Kota", "Panti"]})
    >>> refine(lines)[["keyakinan", "kata_kunci"]].values.tolist()
    [['taksiran', 'seremonial: hari jadi'], ['perlu_telaah', '']]
    """
    kinds, words = classify(lines["kode_rekening"]), keywords(lines)
    backing = {name: rule["pendukung"] for name, rule in reference.keywords().items()}
    is_backed = [
        any(category in backing[hit.partition(": ")[0]] for hit in found.split("; ") if hit)
        for category, found in zip(kinds["kategori"], words, strict=True)
    ]
    is_raised = pd.Series(is_backed, index=lines.index, dtype="bool") & kinds["keyakinan"].eq("perlu_telaah")
    return kinds.assign(keyakinan=kinds["keyakinan"].mask(is_raised, "taksiran"), kata_kunci=words)


def keywords(lines: pd.DataFrame) -> pd.Series:
    r"""The words found on each line as ``"category: word"``, each category once.

    Case, line breaks and repeated spaces do not matter; a word ends where a word ends. An exception
    (``kecuali``) in the same text takes the whole category away.

    Examples
    --------
    >>> keywords(pd.DataFrame({"paket": ["Kajian  Risiko Bencana", "Naskah\nAkademik", "Penghutanan"]})).tolist()
    ['', 'kajian_analisis: naskah akademik', '']
    """
    columns = [lines[name].fillna("") for name in TEXTS if name in lines]
    texts = list(zip(*columns, strict=True)) if columns else [()] * len(lines)
    known = {text: _found(text) for text in set(texts)}
    return pd.Series([known[text] for text in texts], index=lines.index, dtype="str")


def _found(texts: tuple[str, ...]) -> str:
    hits: dict[str, str] = {}
    for text in (" ".join(written.casefold().split()) for written in texts):
        for name, (kept, barred) in _patterns().items():
            if (hit := kept.search(text)) and not barred.search(text):
                hits[name] = hit[0]
    return "; ".join(f"{category}: {word}" for category, word in sorted(hits.items()))


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    return {name: (_any(rule["kata"]), _any(rule["kecuali"])) for name, rule in reference.keywords().items()}


def _any(words: list[str]) -> re.Pattern[str]:
    """Any of the words at word boundaries; ``*`` at the end stands for the rest of a word."""
    options = [re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "") for word in words]
    return re.compile(rf"\b(?:{'|'.join(options)})\b" if options else r"(?!)")


OLD_HONORARIA, NEW_HONORARIA = ("5.1.01.03.07",), ("5.1.02.02.01.0080", "5.1.02.02.01.0081")


def comparable(before: pd.DataFrame, after: pd.DataFrame, least_pct: float = 50.0) -> tuple[Refusal, ...]:
    """Reasons not to compare two stages by account; empty where there are none.

    Parameters
    ----------
    before, after : DataFrame
        Rows of ``anggaran`` of one stage each (``kode_rekening``, ``pagu_rp``; ``kode_rekening_asli`` is
        looked at where it is there).
    least_pct : float
        Smallest share, in per cent of the ceiling, on accounts that the other stage knows too.

    Returns
    -------
    tuple of Refusal
        ``KODE_BEDA_GENERASI``: one stage follows an older numbering (Permendagri 90/2019 or 13/2006) and the
        other does not, or too little of either stage is on accounts that both know.
        ``REKENING_BERPINDAH``: the honoraria that moved to another account in TA 2026.

    Examples
    --------
    >>> old = pd.DataFrame({"kode_rekening": ["5.1.02.04.01.001"], "pagu_rp": [10]})
    >>> new = pd.DataFrame({"kode_rekening": ["5.1.02.04.01.0001"], "pagu_rp": [5]})
    >>> [item.code for item in comparable(old, new)], comparable(new, new)
    (['KODE_BEDA_GENERASI'], ())
    """
    if before.empty or after.empty:
        return ()
    sides = [(_numbering(own), codes.keys(own["kode_rekening"])) for own in (before, after)]
    (first, earlier), (last, later) = sides
    shares = [_known(before, earlier, later), _known(after, later, earlier)]
    if first != last or min(shares) < least_pct:
        return (refusal("KODE_BEDA_GENERASI"),)
    had_old, had_new, has_new = (
        is_under(own["kode_rekening"], prefixes).any()
        for own, prefixes in ((before, OLD_HONORARIA), (before, NEW_HONORARIA), (after, NEW_HONORARIA))
    )
    return (refusal("REKENING_BERPINDAH"),) if had_old and has_new and not had_new else ()


def _numbering(lines: pd.DataFrame) -> str:
    written = lines["kode_rekening_asli" if "kode_rekening_asli" in lines else "kode_rekening"].dropna()
    if codes.is_2019_numbering(written):
        return "2019"
    return "2006" if codes.is_2006_numbering(written) else ""


def _known(lines: pd.DataFrame, own: pd.Series, other: pd.Series) -> float:
    total = lines["pagu_rp"].abs().sum()
    return 100 * float(lines["pagu_rp"].abs()[own.isin(set(other))].sum()) / total if total else 100.0
