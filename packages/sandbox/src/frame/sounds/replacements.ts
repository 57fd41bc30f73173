import { kitAddresses } from "../../kit/kit.ts"
import { oscillatorFor } from "../mixing/processors.ts"

/** What sounds where the sound itself is not there. */
export type Replacement = { drum: string } | { synth: "triangle" | "sawtooth" | "square" }

/** Parts of names that tell a drum, the most telling first. */
const hints: [RegExp, string][] = [
  [/open.?hat|openhh|hho|oh\b/, "oh"],
  [/hat|hh|hc\b|ch\b/, "hh"],
  [/kick|bass.?drum|bombo|^8?0?8?bd|bd|kik|sub/, "bd"],
  [/rim|stick|rs\b/, "rim"],
  [/snare|sn\b|sd|snr|brush/, "sd"],
  [/clap|cp|hand|snap/, "cp"],
  [/cow|bell|agogo|gong/, "cb"],
  [/ride|rd/, "rd"],
  [/crash|cymbal|cr\b|cy\b|splash|china/, "cr"],
  [/tamb|jingle|tb/, "tb"],
  [/shak|cabasa|egg|sh\b/, "sh"],
  [/mara|ma\b/, "ma"],
  [/clave|cl\b/, "cl"],
  [/wood|block|tick|click/, "wb"],
  [/low.?tom|floor|lt\b/, "lt"],
  [/hi.?tom|high.?tom|ht\b/, "ht"],
  [/tom|mt\b|conga|bongo|drum|tabla|mridangam/, "mt"],
]

/** What to play for a sound by its name: the oscillator nearest to it, a drum if it sounds like one, a triangle if it has a pitch, else a knock. */
export function replacementOf(name: string, pitched: boolean): Replacement {
  const lower = name.toLowerCase()
  const oscillator = oscillatorFor(lower)
  if (oscillator) return { synth: oscillator }
  const last = lower.split("_").at(-1) ?? ""
  if (kitAddresses(last)) return { drum: last }
  if (pitched || lower.startsWith("gm_") || lower.startsWith("wt_")) return { synth: "triangle" }
  return { drum: hints.find(([hint]) => hint.test(lower))?.[1] ?? "perc" }
}

/** What a replacement is called in words. */
export const nameOfReplacement = (by: Replacement): string => ("drum" in by ? by.drum : by.synth)
