"""Words on sub kegiatan and paket, for what no account shows; they only ever raise a line for review."""

from __future__ import annotations

import re
from functools import cache

import pandas as pd

from pkanalysis import reference
from pkanalysis.analysis.budget.accounts import classify

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
    pairs = zip(kinds["kategori"], words, strict=True)
    is_backed = pd.Series([_is_backed(category, hit) for category, hit in pairs], index=lines.index, dtype="bool")
    is_raised = is_backed & kinds["keyakinan"].eq("perlu_telaah")
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
    hits = {category: word for text in texts for category, word in _in_text(" ".join(text.casefold().split()))}
    return "; ".join(f"{category}: {word}" for category, word in sorted(hits.items()))


def _in_text(text: str) -> list[tuple[str, str]]:
    rules = [(name, kept.search(text), barred.search(text)) for name, (kept, barred) in _patterns().items()]
    return [(name, hit[0]) for name, hit, bar in rules if hit and not bar]


def _is_backed(category: str, words: str) -> bool:
    found = [hit.partition(": ")[0] for hit in words.split("; ") if hit]
    return any(category in reference.keywords()[name]["pendukung"] for name in found)


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    return {name: (_any(rule["kata"]), _any(rule["kecuali"])) for name, rule in reference.keywords().items()}


def _any(words: list[str]) -> re.Pattern[str]:
    """Any of the words at word boundaries; ``*`` at the end stands for the rest of a word."""
    options = [re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "") for word in words]
    return re.compile(rf"\b(?:{'|'.join(options)})\b" if options else r"(?!)")
