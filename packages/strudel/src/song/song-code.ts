import { type ClipCode, clipAsConstant } from "./clip-constant.ts"

export interface SongSection {
  name: string
  /** Of the section's own tempo. */
  cycles: number
  /** Cycles per second. */
  cps: number
  /** Ids of the clips that play at the same time. */
  clips: string[]
}

export interface SongToWrite {
  name: string
  clips: (ClipCode & { id: string })[]
  sections: SongSection[]
}

/**
 * One piece of code that plays a song over and over: its clips as constants, and their arrangement. Throws an error in
 * words, with the clip's name, for a clip that cannot be a part of another code.
 */
export function codeOfSong({ name, clips, sections }: SongToWrite): string {
  const cps = sections[0]?.cps ?? 0.5
  const names = new Map<string, string>()
  for (const { id } of clips) names.set(id, constantFor(id, new Set(names.values())))
  const constants = clips.map((clip) => `// ${oneLine(clip.name)}\n${clipAsConstant(clip, names.get(clip.id) ?? "")}`)
  const parts = sections.map((section) => partOf(section, { cps, names }))
  return [
    `// ${oneLine(name)}`,
    `setcpm(${number(cps * 60)})`,
    "",
    ...constants.flatMap((each) => [each, ""]),
    whole(parts),
  ]
    .join("\n")
    .concat("\n")
}

interface Part {
  cycles: string
  pattern: string
  name: string
}

/** A section in the cycles of the song. */
function partOf(section: SongSection, { cps, names }: { cps: number; names: Map<string, string> }): Part {
  const own = section.clips.flatMap((id) => names.get(id) ?? [])
  const together = own.length === 1 ? `${own[0]}` : `stack(${own.join(", ")})`
  const speed = section.cps / cps
  const pattern = own.length === 0 ? "silence" : speed === 1 ? together : `${together}.fast(${number(speed)})`
  return { cycles: number(section.cycles / speed), pattern, name: oneLine(section.name) }
}

function whole(parts: Part[]): string {
  const [first] = parts
  if (parts.length === 1 && first) return first.pattern
  const lines = parts.map(({ cycles, pattern, name }) => `  [${cycles}, ${pattern}],${name ? ` // ${name}` : ""}`)
  return ["arrange(", ...lines, ")"].join("\n")
}

/** The largest denominator that is looked for: finer ratios of tempos are not heard. */
const finest = 960

/** A number as it is counted with: one that has no end in decimals as a fraction, which Strudel takes up exactly. */
function number(value: number): string {
  for (let below = 1; below <= finest; below++) {
    const above = Math.round(value * below)
    if (Math.abs(above / below - value) > 1e-9) continue
    const decimals = String(above / below)
    return decimals.length <= 8 ? decimals : `${above} / ${below}`
  }
  return String(value)
}

const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim()

/** A name for a clip's constant, from its id without the project before it. Strudel has no names that begin with `clip` and a capital. */
function constantFor(id: string, taken: ReadonlySet<string>): string {
  const words =
    id
      .slice(id.lastIndexOf("/") + 1)
      .normalize("NFKD")
      .match(/[A-Za-z0-9]+/g) ?? []
  const name = `clip${words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join("")}`
  if (name !== "clip" && !taken.has(name)) return name
  for (let count = 2; ; count++) if (!taken.has(`${name}_${count}`)) return `${name}_${count}`
}
