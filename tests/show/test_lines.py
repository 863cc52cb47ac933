"""Long lists on the main part: their largest rows, what the others add up to, and nothing lost."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pkanalysis.show.blocks import Column, Note, Phrase, Table
from pkanalysis.show.lines import FIRST, complete, extract

COLUMNS = (Column("nama", "SKPD"), Column("rp", "Naik (Rp)", "rp"), Column("p", "%", "persen"), Column("k", "Bidang"))
amounts = st.lists(st.one_of(st.none(), st.integers(-(10**13), 10**13)), max_size=3 * FIRST)


def table(values):
    return Table(
        "naik", "Yang naik", True, columns=COLUMNS, rows=tuple((f"D{n}", rp, 1.0, "x") for n, rp in enumerate(values))
    )


@given(amounts, st.booleans())
def test_first_rows_others_and_total_are_the_whole_list(values, is_summed):
    whole = table(values)
    if is_summed and values:
        summed = ("Jumlah", sum(rp for rp in values if rp is not None), None, "")
        whole = replace(whole, rows=(*whole.rows, summed), totals=(len(values),))
    main, annex = extract(whole), complete(whole)
    if len(values) <= FIRST + 1:
        assert main == whole
        assert str(annex.items[0]) == "Yang naik: seluruhnya ada pada bagian utama."
        assert annex.id == "naik-lengkap"
        return
    *first, others, total = main.rows
    assert (main.id, annex) == ("naik-utama", whole)
    assert tuple(first) == whole.rows[:FIRST]
    assert str(others[0]) == f"{len(values) - FIRST} baris lainnya"
    assert others[1] == sum(rp for rp in values[FIRST:] if rp is not None)
    assert total == ("Jumlah", sum(rp for rp in values if rp is not None), None, "")
    assert others[2:] == (None, "")
    assert main.totals == (FIRST + 1,)


def test_an_empty_list_has_no_total_and_a_sentence_stays_one():
    assert extract(table([])) == table([])
    said = Note("naik", "", True, items=(Phrase("Tidak ada."),))
    assert extract(said) == said
    assert complete(said).items == said.items
