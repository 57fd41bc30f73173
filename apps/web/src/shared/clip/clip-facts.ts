import type { ClipFacts } from "@strudel-agent/contract/clip"
import { textOf, textsOf } from "#shared/ui/metadata.ts"

const color = /^#[0-9a-f]{3,8}$/i

/** Reads what pages show of a clip's metadata as the contract's ClipFacts do, without its library in the browser. */
export function readClipFacts(metadata: Record<string, unknown>): ClipFacts {
  const { bpm } = metadata
  const text = textOf(metadata.color)
  return {
    bpm: typeof bpm === "number" && bpm > 0 && Number.isFinite(bpm) ? bpm : undefined,
    scale: textOf(metadata.scale),
    tags: textsOf(metadata.tags),
    color: text !== undefined && color.test(text) ? text : undefined,
    description: textOf(metadata.description),
    author: textOf(metadata.author),
  } satisfies Record<keyof ClipFacts, unknown>
}
