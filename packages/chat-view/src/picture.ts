import type { Played } from "@strudel-agent/strudel/result"

const svg = "http://www.w3.org/2000/svg"

/** Semitones, and rows, that are always in sight. */
const leastSpan = 12
const leastRows = 6

interface Box {
  x: number
  width: number
  row: number
  colour: number
}

/** Places the haps of an analysis: what has a pitch by it, and what has none below, a row for each sound. */
export function boxesOf({ haps, sounds, from, cycles }: Played): { boxes: Box[]; rows: number } {
  const colours = new Map(sounds.map(({ name, colour }) => [name, colour]))
  const pitches = haps.flatMap(({ note }) => (note === null ? [] : [note]))
  const drums = [...new Set(haps.flatMap(({ note, sound }) => (note === null ? [sound ?? ""] : [])))].sort()
  const lowest = Math.min(...pitches)
  const highest = Math.max(...pitches)
  const pad = Math.max(0, leastSpan - (highest - lowest)) / 2
  const span = pitches.length === 0 ? 0 : Math.ceil(highest - lowest + 2 * pad) + 1
  const rows = Math.max(leastRows, span + drums.length)
  const above = Math.floor((rows - span - drums.length) / 2)
  const boxes = haps.map(({ begin, end, note, sound }) => ({
    x: (begin - from) / cycles,
    width: Math.max(0, end - begin) / cycles,
    row: above + (note === null ? span + drums.indexOf(sound ?? "") : Math.round(highest + pad - note)),
    colour: colours.get(sound ?? "") ?? 0,
  }))
  return { boxes, rows }
}

/** Draws what code plays: time to the right, pitch upwards. */
export function drawPicture(target: SVGElement, played: Played): void {
  const { boxes, rows } = boxesOf(played)
  target.setAttribute("viewBox", `0 0 1000 ${rows * 10}`)
  target.setAttribute("preserveAspectRatio", "none")
  const sounds = played.sounds.map(({ name }) => name).join(", ")
  target.setAttribute("aria-label", `${boxes.length} events in ${played.cycles} cycles${sounds ? `: ${sounds}` : ""}`)
  target.replaceChildren(
    ...boxes.map(({ x, width, row, colour }) => {
      const box = document.createElementNS(svg, "rect")
      const places = { x: x * 1000, y: row * 10 + 1, width: Math.max(3, width * 1000 - 1.5), height: 8, rx: 1.5 }
      for (const [name, value] of Object.entries(places)) box.setAttribute(name, value.toFixed(2))
      box.style.fill = `oklch(68% 0.16 ${(25 + colour * 30) % 360})`
      return box
    }),
  )
}
