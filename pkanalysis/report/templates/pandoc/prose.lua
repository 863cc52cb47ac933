-- Reads the Markdown of each cell; raw HTML is dropped or kept as text by the caller.
function RawBlock(cell)
  return pandoc.Div(pandoc.read(cell.text, 'commonmark+pipe_tables+strikeout').blocks)
end
