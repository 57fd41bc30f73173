/** Characters of a clip's code in lists. */
const most = 600

/**
 * The beginning of code for lists: from the first line that sounds on, without those before it that are empty, a remark
 * or the tempo; from the very beginning where no line sounds.
 */
export function codeStart(code: string): string {
  const lines = code.split("\n")
  const from = lines.findIndex((line) => !/^\s*($|\/\/|setcp[ms]\()/i.test(line))
  const start = lines.slice(Math.max(from, 0)).join("\n").slice(0, most)
  // Half of a character is none.
  return start.isWellFormed() ? start : start.slice(0, -1)
}
