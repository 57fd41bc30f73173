interface Change {
  lines: { added: number; removed: number } | null
  metadataKeys: string[]
  renamed: boolean
  order?: { added: number; removed: number; moved: number } | null
}

const signed = ({ added, removed }: { added: number; removed: number }): string =>
  [added > 0 && `+${added}`, removed > 0 && `-${removed}`].filter(Boolean).join(" ")

/** What a version changed of the one before it, in a few words. */
export function changeWords(change: Change | null): string {
  if (!change) return "created"
  const { lines, metadataKeys, renamed, order } = change
  const moved = order ? [signed(order), order.moved > 0 && `${order.moved} moved`].filter(Boolean).join(" ") : ""
  const words = [
    lines ? signed(lines) : "many lines",
    moved && `parts ${moved}`,
    renamed && "renamed",
    metadataKeys.length > 0 && metadataKeys.join(", "),
  ]
  return words.filter(Boolean).join(" · ") || "none"
}
