"""Show: the only room that knows figures, table layout, Indonesian numbers and sentences."""
