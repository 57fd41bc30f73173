/** Takes the place of the characters from `start` up to `end`. */
export type TextEdit = { start: number; end: number; text: string }

/** Applies edits that do not overlap; an insertion where a removal starts comes first, equal offsets keep their order. */
export function applyEdits(source: string, edits: readonly TextEdit[]): string {
  const ordered = [...edits].sort((a, b) => a.start - b.start || a.end - b.end)
  let result = ""
  let position = 0
  for (const { start, end, text } of ordered) {
    if (start < position) throw new RangeError(`Edits overlap at offset ${start}`)
    result += source.slice(position, start) + text
    position = end
  }
  return result + source.slice(position)
}
