import type { Picture } from "./picture-data.ts"

/** How opaque a stroke is, by its level of loudness. */
export const levelOpacity = [0.45, 0.7, 1] as const

/** What a picture shows, in words: "24 events in 4 cycles: bd, hh". */
export function pictureWords({ events, cycles, sounds }: Pick<Picture, "events" | "cycles" | "sounds">): string {
  const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? "" : "s"}`
  return `${count(events, "event")} in ${count(cycles, "cycle")}: ${sounds.join(", ")}`
}

/** The lines between a picture's cycles as a path. */
export const barLines = ({ width, height, cycles }: Pick<Picture, "width" | "height" | "cycles">): string =>
  Array.from({ length: cycles - 1 }, (_, bar) => `M${(width / cycles) * (bar + 1)} 0v${height}`).join("")
