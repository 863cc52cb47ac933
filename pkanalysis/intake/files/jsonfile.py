"""JSON as web applications export it: a list of records becomes one sheet."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pkanalysis.errors import PkError


def json_rows(path: Path, written: str) -> list[list[Any]]:
    """Headings and one row per record of the JSON text ``written``.

    Raises
    ------
    PkError
        The text is no JSON, or holds no list of records.
    """
    try:
        data = json.loads(written)
    except (json.JSONDecodeError, RecursionError) as error:
        line = f"baris {error.lineno}" if isinstance(error, json.JSONDecodeError) else "bertingkat terlalu dalam"
        raise PkError(f"{path.name} bukan JSON yang utuh ({line}); unduh ulang berkasnya.") from error
    records = _records(data)
    if not records:
        raise PkError(f"{path.name} tidak berisi daftar rekaman; yang dicari: daftar objek JSON dengan nama kolom.")
    names = list(dict.fromkeys(name for record in records for name in record))
    return [list(names), *([_cell(record.get(name)) for name in names] for record in records)]


def _records(data: Any) -> list[dict[str, Any]]:
    """The records of a list, or of the one list of records anywhere in an object ("data", "data.items")."""
    if isinstance(data, dict):
        found = [records for value in data.values() if isinstance(value, list | dict) and (records := _records(value))]
        return found[0] if len(found) == 1 else []
    return data if isinstance(data, list) and all(isinstance(item, dict) for item in data) else []


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    return value if isinstance(value, str | int | float) else json.dumps(value, ensure_ascii=False)
