"""What one cell or one row of words says: amounts, values, dates, predicates, marks, directions.

Each kind of text is understood in one place; a reader of a layout asks here and never parses itself.
"""
