import { z } from "zod"
import type { EvaluateOptions } from "../evaluation/evaluate-options.ts"
import { type Answer, Failed, Hap, Lane, Played, SampleRequest, Sound, Warning } from "../result.ts"
import { most } from "./prelude.ts"

/** Objects and lists of an answer: of 20,000 events some 150,000. */
const mostParts = 400_000
/** Objects and lists within one another: an event's value is 8 deep at most. */
const mostDeep = 24

const list = z.array(z.unknown()).max(most.listed)

/** An answer whose lists have yet to be read. */
const Frame = z.discriminatedUnion("ok", [
  Played.extend({ haps: z.array(z.unknown()), lanes: list, sounds: list, samples: list, warnings: list }),
  Failed.extend({ warnings: list }),
])

/**
 * Reads the answer to what was asked; null where the text is none. Clip code shares a realm with the engine and may have
 * forged it, so what would fill the memory is refused unparsed: a thread whose heap is full may end the whole process.
 */
export function readAnswer(text: string, asked: Required<EvaluateOptions>): Answer | null {
  if (text.length > most.text || !isSmall(text, Math.max(asked.haps, most.listed))) return null
  try {
    const frame = Frame.parse(JSON.parse(text))
    const warnings = itemsOf(Warning, frame.warnings)
    if (!frame.ok) return { ...frame, warnings }
    if (frame.from !== asked.from || frame.cycles !== asked.cycles || frame.haps.length > asked.haps) return null
    const [lanes, sounds] = [itemsOf(Lane, frame.lanes), itemsOf(Sound, frame.sounds)]
    return {
      ...frame,
      haps: itemsOf(Hap, frame.haps),
      lanes,
      sounds,
      samples: itemsOf(SampleRequest, frame.samples),
      warnings,
    }
  } catch {
    return null
  }
}

/** Throws at the first item that is none: what is wrong with thousands more would fill the memory too. */
const itemsOf = <Item>(schema: z.ZodType<Item>, items: unknown[]): Item[] => items.map((item) => schema.parse(item))

/** Whether a text of JSON has no more objects and lists, no deeper ones and no longer ones than an answer has. */
function isSmall(text: string, mostEntries: number): boolean {
  const entries = [0]
  let parts = 0
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]
    const depth = entries.length - 1
    if (sign === '"') at = endOfString(text, at)
    else if (sign === "]" || sign === "}") entries.pop()
    else if (sign === ",") {
      const count = (entries[depth] ?? 0) + 1
      if (count >= mostEntries) return false
      entries[depth] = count
    } else if (sign === "[" || sign === "{") {
      if (++parts > mostParts || depth >= mostDeep) return false
      entries.push(0)
    }
  }
  return true
}

function endOfString(text: string, begin: number): number {
  let at = begin + 1
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1
  return at
}
