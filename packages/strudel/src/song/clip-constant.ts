import { type Program, parse } from "acorn"
import { type Lane, type Played, readPlayed, type Stretch } from "./clip-statements.ts"

export interface ClipCode {
  name: string
  code: string
}

interface Edit extends Stretch {
  text: string
}

/**
 * A clip's code as the constant of that name, which plays what the clip plays; the tempo that it sets is left out. Throws
 * an error in words for a clip that cannot be a part of another code.
 */
export function clipAsConstant({ name, code }: ClipCode, constant: string): string {
  const played = readPlayed(parsed({ name, code }), code)
  if (played.hiddenLabel) throw new Error(`${name}: It gives a label within other code`)
  const closing = /\bmini-off\b/.test(code) ? "\n// mini-on" : ""
  return (played.isPlain ? plain(code, played, constant) : wrapped(code, played, constant)) + closing
}

function parsed({ name, code }: ClipCode): Program {
  try {
    return parse(code, { ecmaVersion: 2022, allowAwaitOutsideFunction: true })
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : "It cannot be read"}`)
  }
}

/** The patterns of the clip as they are written, with a name before them and no more around them than need be. */
function plain(code: string, { dropped, lanes, value }: Played, constant: string): string {
  const begin = `const ${constant} = `
  const [first] = lanes
  const last = lanes.at(-1)
  const edits: Edit[] = dropped.map((stretch) => ({ ...stretch, text: "" }))
  if (value) edits.push(...around(value, begin, ""))
  else if (!first || !last) return [edited(code, edits), `${begin}silence`].filter(Boolean).join("\n")
  else if (first === last) edits.push(...around(first, begin, ""))
  else {
    for (const lane of lanes) {
      edits.push(...around(lane, lane === first ? `${begin}stack(\n` : "", lane === last ? ",\n)" : ","))
    }
  }
  return edited(code, edits)
}

/** All of the clip's code in a function, so that its names are its own. */
function wrapped(code: string, { dropped, lanes, value, each, all }: Played, constant: string): string {
  const list = unused("lanes", code)
  const own = unused("played", code)
  const changes = each !== undefined || all.length > 0
  const edits: Edit[] = dropped.map((stretch) => ({ ...stretch, text: "" }))
  for (const lane of lanes) edits.push(...around(lane, `${list}.push(`, ")"))
  if (value) edits.push(...around(value, changes ? `const ${own} = ` : "return ", ""))
  const lines = [`const ${constant} = await (async () => {`, edited(code, edits)]
  if (lanes.length > 0) lines.splice(1, 0, `const ${list} = []`)
  const single = lanes.length > 0 ? `stack(...${each ? `${list}.map((lane) => (${each})(lane))` : list})` : undefined
  const result = single ?? (value ? (each ? `(${each})(${own})` : own) : "silence")
  const changed = all.reduce((pattern, change) => `(${change})(${pattern})`, result)
  if (!value || changes) lines.push(`return ${changed}`)
  return [...lines, "})()"].join("\n")
}

const around = ({ outer, inner }: Lane, before: string, after: string): Edit[] => [
  { start: outer.start, end: inner.start, text: before },
  { start: inner.end, end: outer.end, text: after },
]

/** The code with other text in places of it; lines of which nothing is left go too. */
function edited(code: string, edits: Edit[]): string {
  let text = ""
  let at = 0
  for (const { start, end, text: put } of edits.toSorted((one, other) => one.start - other.start)) {
    text += code.slice(at, start) + put
    at = end
    // What was alone in its line leaves no empty one behind.
    if (put === "" && /(?:^|\n)[ \t]*$/.test(text)) at += /^[ \t]*\n?/.exec(code.slice(at))?.[0].length ?? 0
  }
  return (text + code.slice(at)).trim()
}

/** A name that the code does not mention. */
function unused(name: string, code: string): string {
  for (let count = 1; ; count++) {
    const tried = count === 1 ? name : `${name}${count}`
    if (!code.includes(tried)) return tried
  }
}
