import type { Steps } from "../steps.ts"
import type { Emphasis, Inline, Span, Text } from "./node.ts"

/** A run of signs that may open or close emphasis. */
export type SignRun = Span & {
  type: "run"
  sign: "*" | "_"
  opens: boolean
  closes: boolean
  /** Its place among what is put out, once it has opened; its start and end move inwards as signs are used. */
  place: number
}

/** What stands in a text one after the other, while it is read. */
export type Entry = Inline | SignRun

/** Entries that are looked at in one step. */
const entriesPerStep = 4096

const lengthOf = ({ start, end }: Span): number => end - start

/** Runs of a sign between which and an opener no other rule than these decides. */
const closerKinds = 12
const kindOfCloser = (run: SignRun): number => (run.sign === "*" ? 6 : 0) + (run.opens ? 3 : 0) + (lengthOf(run) % 3)

function fits(opener: SignRun, closer: SignRun): boolean {
  if (opener.sign !== closer.sign) return false
  const length = lengthOf(closer)
  return !((opener.closes || closer.opens) && length % 3 !== 0 && (lengthOf(opener) + length) % 3 === 0)
}

function asNode(entry: Entry): Inline {
  if (entry.type !== "run") return entry
  const { start, end, sign } = entry
  return { type: "text", start, end, value: sign.repeat(end - start) }
}

/** Turns what is left of runs into text, and joins texts that touch. */
function toNodes(entries: readonly Entry[]): Inline[] {
  const nodes: Inline[] = []
  let last: Text | undefined
  for (const entry of entries) {
    const node = asNode(entry)
    if (node.type === "text" && last) {
      last.value += node.value
      last.end = node.end
      continue
    }
    last = node.type === "text" ? node : undefined
    nodes.push(node)
  }
  return nodes
}

/**
 * Finds emphasis among what stands in a text. It takes time in proportion to the entries: a closing run that finds no
 * opening one keeps those of its kind from looking there again, and what lies between a pair is passed over afterwards.
 */
export function* resolveEmphasis(entries: readonly Entry[]): Steps<Inline[]> {
  if (!entries.some(({ type }) => type === "run")) return toNodes(entries)
  const out: Entry[] = []
  const openers: SignRun[] = []
  /** Per kind of closing run, how many openers from the first on do not fit. */
  const refused: number[] = Array.from({ length: closerKinds }, () => 0)

  const openerFor = (closer: SignRun): SignRun | undefined => {
    const kind = kindOfCloser(closer)
    const least = refused[kind] ?? 0
    for (let index = openers.length - 1; index >= least; index--) {
      const opener = openers[index]
      if (!opener || !fits(opener, closer)) continue
      openers.length = index + 1
      return opener
    }
    refused[kind] = openers.length
    return undefined
  }

  const join = (opener: SignRun, closer: SignRun): void => {
    const used = lengthOf(opener) > 1 && lengthOf(closer) > 1 ? 2 : 1
    const children = toNodes(out.splice(opener.place + 1))
    opener.end -= used
    const type: Emphasis["type"] = used === 2 ? "strong" : "emphasis"
    const node: Emphasis = { type, start: opener.end, end: closer.start + used, children }
    closer.start += used
    openers.pop()
    // With another length, an opener may fit what it did not.
    for (const [kind, count] of refused.entries()) refused[kind] = Math.min(count, openers.length)
    if (lengthOf(opener) > 0) openers.push(opener)
    else out.pop()
    out.push(node)
  }

  for (const [index, run] of entries.entries()) {
    if (index % entriesPerStep === entriesPerStep - 1) yield
    if (run.type !== "run") {
      out.push(run)
      continue
    }
    while (run.closes && lengthOf(run) > 0) {
      const opener = openerFor(run)
      if (!opener) break
      join(opener, run)
    }
    if (lengthOf(run) === 0) continue
    run.place = out.length
    if (run.opens) openers.push(run)
    out.push(run)
  }
  return toNodes(out)
}
