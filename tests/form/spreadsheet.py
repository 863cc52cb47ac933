"""A small evaluator of spreadsheet formulas, enough for those of the green cells."""

import ast
import operator
import re
from typing import Any

Cells = dict[str, Any]
ARITHMETIC = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}
COMPARISON = {
    ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge, ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}  # fmt: skip
FUNCTIONS = {
    "AND": lambda *given: all(given),
    "OR": lambda *given: any(given),
    "NOT": lambda given: not given,
    "ISNUMBER": lambda given: isinstance(given, int | float),
    "N": lambda given: given if isinstance(given, int | float) else 0,
    "ABS": abs,
    "COUNT": lambda *given: sum(isinstance(item, int | float) for item in given),
    "SUM": lambda *given: sum(item for item in given if isinstance(item, int | float)),
}


def evaluate(formula: str, cells: Cells) -> Any:
    """Value of ``formula``; an empty cell is ``""``."""
    parts = re.split(r'("[^"]*")', formula.removeprefix("="))
    python = "".join(part if part.startswith('"') else _python(part) for part in parts)
    return _value(ast.parse(python, mode="eval").body, cells)


def _python(part: str) -> str:
    part = part.replace("$", "").replace("<>", "!=").replace("TRUE", "True").replace("FALSE", "False")
    return re.sub(r"(?<![<>!])=", "==", part)


def _value(node: ast.expr, cells: Cells) -> Any:
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name):
            return cells.get(name, "")
        case ast.UnaryOp(operand=operand):
            return -_value(operand, cells)
        case ast.BinOp(left=left, op=op, right=right):
            return ARITHMETIC[type(op)](_value(left, cells), _value(right, cells))
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return COMPARISON[type(op)](_ordered(_value(left, cells)), _ordered(_value(right, cells)))
        case ast.Call(func=ast.Name(id="IF"), args=[condition, yes, no]):
            return _value(yes if _value(condition, cells) else no, cells)
        case ast.Call(func=ast.Name(id=name), args=args):
            return FUNCTIONS[name](*(_value(item, cells) for item in args))
    raise ValueError(f"no formula of the workbook uses this: {ast.dump(node)}")


def _ordered(value: Any) -> tuple[bool, Any]:
    """Spreadsheets put every text after every number."""
    return isinstance(value, str), value
