import type { Place, SampleRequest, Sound, Warning } from "@strudel-agent/strudel/result"
import { isKnownSound, soundsInsteadOf } from "./unknown-name.ts"

interface Music {
  sounds: Sound[]
  samples: SampleRequest[]
  warnings: Warning[]
}

/** Unknown sounds of one piece of code for which near ones are looked for. */
const most = 10

/** Where what begins at a place ends: a comment, or a text in quotes; each sign is looked at once. */
function endOf(code: string, begin: number, sign: string): number {
  if (sign === "//" || sign === "/*") {
    const end = code.indexOf(sign === "//" ? "\n" : "*/", begin + 2)
    return end < 0 ? code.length : end + 1
  }
  let at = begin + 1
  while (at < code.length && code[at] !== sign && (sign === "`" || code[at] !== "\n")) at += code[at] === "\\" ? 2 : 1
  return Math.min(at + 1, code.length)
}

/** Where a name first stands in a quoted text of the code. */
function placeOf(code: string, name: string): Place | null {
  const signs = /\/\/|\/\*|["'`]/g
  for (let found = signs.exec(code); found; found = signs.exec(code)) {
    const [sign] = found
    const end = endOf(code, found.index, sign)
    signs.lastIndex = end
    if (sign.startsWith("/")) continue
    for (const { 0: word, index } of code.slice(found.index, end).matchAll(/[\p{L}\p{N}_]+/gu)) {
      if (word !== name) continue
      const before = code.slice(0, found.index + index).split("\n")
      return { line: before.length, column: (before.at(-1) ?? "").length + 1 }
    }
  }
  return null
}

/**
 * What is warned of, with the sounds that are not built in where one of a near name is. What a list on the network has,
 * nobody knows here: a sound that is near to none is taken for one of those, and any is where the code asks for samples.
 */
export function warningsWithSounds({ sounds, samples, warnings }: Music, code: string): Warning[] {
  if (samples.length > 0) return warnings
  const unknown = sounds.filter(({ kind, bank, s }) => kind === "sample" && bank === null && !isKnownSound(s))
  const ofSounds = unknown.slice(0, most).flatMap(({ s }): Warning[] => {
    const [near] = soundsInsteadOf(s, 1)
    if (near === undefined) return []
    const message = `\`${s}\` is not a built-in sound: did you mean \`${near}\`?`
    return [{ kind: "unknownSound", message, name: s, place: placeOf(code, s) }]
  })
  const names = new Set(ofSounds.map(({ name }) => name))
  return [...warnings.filter(({ kind, name }) => kind !== "unknownSound" || !names.has(name)), ...ofSounds]
}
