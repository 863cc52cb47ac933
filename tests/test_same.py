"""tools/same.py: what it calls different, and what it lets pass."""

import importlib.util
import sys

import pandas as pd
import pytest
from paths import ROOT


@pytest.fixture(scope="module")
def same():
    spec = importlib.util.spec_from_file_location("same", ROOT / "tools" / "same.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["same"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    yield module
    del sys.modules["same"]


def told(found):
    return [(item.where, item.old, item.new) for item in found]


def test_leaves_are_compared(same):
    old, new = {"a": [1, {"b": "x"}], "c": 1}, {"a": [1, {"b": "y"}], "d": 2}
    expected = [("k/a/1/b", "x", "y"), ("k/c", 1, "(none)"), ("k/d", "(none)", 2)]
    assert told(same.differences("k", old, new)) == expected
    assert not told(same.differences("k", old, old))


def test_types_differ_and_unequal_lists_tell_their_first_place(same):
    assert told(same.differences("k", 1, 1.0)) == [("k", 1, 1.0)]
    assert told(same.differences("k", [1, 2], [1, 3, 2])) == [("k/count", 2, 3), ("k/1", 2, 3)]


def test_tables(same):
    old = pd.DataFrame({"a": [1, None], "b": ["x", "y"]})
    new = pd.DataFrame({"a": [1, None], "b": ["x", "z"]})
    assert told(same.frame_differences("tables/t", old, new)) == [("tables/t/1/b", "y", "z")]
    flags = [pd.DataFrame({"a": pd.array(values, "boolean")}) for values in ([True, None, None], [True, None, False])]
    assert told(same.frame_differences("tables/t", *flags)) == [("tables/t/2/a", None, False)]
    assert told(same.frame_differences("tables/t", old, old.head(1))) == [("tables/t/rows", 2, 1)]
    assert not told(same.frame_differences("tables/t", old, old.copy()))


def test_cells_are_named_by_column(same):
    block = {"id": "t1", "columns": [{"name": "pagu"}], "rows": [[{"raw": 1}]]}
    record = {"blocks": [block], "markdown": "", "errors": []}
    changed = record | {"blocks": [block | {"rows": [[{"raw": 2}]]}]}
    assert told(same.differences("blocks", same.page(record), same.page(changed))) == [
        ("blocks/t1/rows/0/pagu/raw", 1, 2)
    ]


def test_allowed_differences(same, capsys):
    entries = same.allowed('[[allowed]]\nkind = "blocks"\nwhere = "blocks/a/*"\nreason = "new caption"')
    found = [same.Difference("blocks/a/b", 1, 2)]
    assert same.told(found, entries, 20) == 0
    assert same.told([*found, same.Difference("blocks/c", "old", "new")], entries, 20) == 1
    assert "blocks/c: 'old' -> 'new'" in capsys.readouterr().out
    assert same.told([], entries, 20) == 0
    assert "nothing fits" in capsys.readouterr().err


def test_an_entry_without_reason_is_refused(same):
    with pytest.raises(SystemExit, match="no reason"):
        same.allowed('[[allowed]]\nkind = "blocks"\nwhere = "*"')
    listed = (ROOT / "tools" / "same_allowed.toml").read_text(encoding="utf-8")
    assert len(same.allowed(listed)) == listed.count("\n[[allowed]]")
