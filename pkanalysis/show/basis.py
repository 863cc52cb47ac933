"""The legal basis of budget stages, and when the DPRD was told of them."""

from __future__ import annotations

from collections.abc import Iterable

from pkanalysis.config import Stage
from pkanalysis.show.blocks import Phrase
from pkanalysis.show.cells import day, plain


def basis(stage: Stage) -> Phrase:
    """Legal basis of one stage and the day of its notification.

    Examples
    --------
    >>> print(basis(Stage(2025, "pergeseran", "Pergeseran", None, "Perwal 0 (contoh)")))
    Dasar Pergeseran: Perwal 0 (contoh); tanggal pemberitahuan DPRD belum diisi.
    """
    values = {"tahap": plain(stage.nama), "dasar": plain(stage.dasar_hukum or "belum diisi di pkanalysis.toml")}
    if stage.tanggal_pemberitahuan_dprd is None:
        return Phrase("Dasar {tahap}: {dasar}; tanggal pemberitahuan DPRD belum diisi.", values)
    told = day(stage.tanggal_pemberitahuan_dprd)
    return Phrase("Dasar {tahap}: {dasar}; diberitahukan ke DPRD {hari}.", values | {"hari": told})


def laws(stages: Iterable[Stage]) -> Phrase:
    """Legal basis of several stages as one text.

    Examples
    --------
    >>> print(laws([]))
    <BLANKLINE>
    """
    said = [basis(stage) for stage in stages]
    patterns = [phrase.pattern.replace("{", f"{{p{place}_") for place, phrase in enumerate(said)]
    values = {f"p{place}_{name}": value for place, phrase in enumerate(said) for name, value in phrase.values.items()}
    return Phrase(" ".join(patterns), values)
