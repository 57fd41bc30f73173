const kinds = [
  [/^(?:---|\+\+\+|@@)/, "place"],
  [/^\+/, "added"],
  [/^-/, "removed"],
] as const

/** A unified diff as lines, each of which looks like what became of it. */
export function diffLines(diff: string): Node[] {
  const lines = diff.split("\n").filter((line) => !line.startsWith("\\"))
  return lines.flatMap((line) => {
    const shown = document.createElement("span")
    shown.textContent = line
    const kind = kinds.find(([pattern]) => pattern.test(line))?.[1]
    if (kind) shown.className = kind
    return [shown, document.createTextNode("\n")]
  })
}
