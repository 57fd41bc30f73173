import type { Hap, Played } from "../result.ts"
import type { Picture, PicturePath } from "./picture-data.ts"
import { layOut, type Row, size } from "./picture-rows.ts"

/** Events that a picture draws at most, and characters of its paths. */
const mostEvents = 1_500
const mostCharacters = 15_000
/** Names of sounds that it keeps. */
const mostSounds = 8
/** How far a drum's stroke reaches, and how short a note's may be. */
const drumLength = 9
const shortest = 3
/** What a note leaves free before the next: a share of itself, up to a gap that is seen in a small picture. */
const gap = { share: 0.15, most: 6 }

interface Stroke extends Row {
  x: number
  length: number
  colour: number
  level: number
}

/**
 * Draws what a piece of code plays; null where it makes no sound. The same code has the same picture. Of more than 1,500
 * events, or so many that their paths would take more than 15,000 characters, it leaves out evenly.
 */
export function drawPicture({ haps, sounds, cycles }: Pick<Played, "haps" | "sounds" | "cycles">): Picture | null {
  const sounding = haps.filter((hap) => hap.sound !== null && hap.begin >= 0 && hap.begin < cycles)
  if (sounding.length === 0) return null
  const colours = new Map(sounds.map(({ name, colour }) => [name, colour]))
  const place = layOut(sounding, sounds)
  const strokes = sounding.map((hap): Stroke => {
    const row = place(hap)
    const x = Math.round((hap.begin / cycles) * size.width)
    const end = Math.min(Math.max(Math.round((hap.until / cycles) * size.width), x), size.width)
    const note = Math.max(Math.round(end - x - Math.min(gap.share * (end - x), gap.most)), shortest)
    const length = Math.min(row.isDrum ? drumLength : note, size.width - x)
    return { ...row, x, length, colour: colours.get(hap.sound ?? "") ?? 0, level: levelOf(hap) }
  })
  for (let every = Math.ceil(strokes.length / mostEvents); ; every *= 2) {
    const paths = toPaths(strokes.filter((_, index) => index % every === 0))
    if (paths.reduce((sum, { d }) => sum + d.length, 0) > mostCharacters) continue
    const names = sounds.slice(0, mostSounds).map(({ name }) => name)
    return { ...size, cycles, events: sounding.length, sounds: names, paths }
  }
}

/** How loud an event is: 0 quiet, 1 medium, 2 loud. */
function levelOf({ value: { gain = 1, velocity = 1 } }: Hap): number {
  const loudness = Number(gain) * Number(velocity)
  if (loudness < 0.3) return 0
  return loudness < 0.6 ? 1 : 2
}

/** Strokes that look alike become one path; what lies on top of its like is drawn once. */
function toPaths(strokes: Stroke[]): PicturePath[] {
  const groups = new Map<string, Stroke[]>()
  for (const stroke of strokes) {
    const look = `${stroke.colour} ${stroke.level} ${stroke.thickness}`
    const group = groups.get(look)
    if (group) group.push(stroke)
    else groups.set(look, [stroke])
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const { colour, level, thickness } = first
    return [{ colour, level, thickness, d: toPath(group) }]
  })
}

/** Steps from stroke to stroke: rows from the top, each from left to right. */
function toPath(strokes: Stroke[]): string {
  const sorted = strokes.sort((one, other) => one.y - other.y || one.x - other.x || other.length - one.length)
  let path = ""
  let last: Stroke | undefined
  for (const stroke of sorted) {
    if (last?.x === stroke.x && last.y === stroke.y) continue
    path += last ? `m${stroke.x - last.x - last.length} ${stroke.y - last.y}` : `M${stroke.x} ${stroke.y}`
    path += `h${stroke.length}`
    last = stroke
  }
  return path
}
