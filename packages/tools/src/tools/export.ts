import { limits } from "@strudel-agent/contract/limits"
import { midiFile } from "@strudel-agent/strudel/midi"
import { strudelLink } from "@strudel-agent/strudel/strudel-link"
import { z } from "zod"
import { ToolProblem } from "../advice.ts"
import { defineTool, reads } from "../define-tool.ts"
import { uriField } from "../fields.ts"
import { codeOfParts, type Score, scoreOfCode, scoreOfParts, songParts } from "../song-parts.ts"
import type { ToolContext } from "../tool.ts"
import { type Item, itemOf, uriOf } from "../uri.ts"

const input = z.strictObject({
  uri: uriField.describe("A clip or a song"),
  format: z.enum(["code", "midi", "strudel_link"]),
  cycles: z
    .number()
    .int()
    .min(1, "at least 1")
    .max(limits.cycles.max, `at most ${limits.cycles.max}`)
    .default(16)
    .describe("MIDI of a clip"),
})

async function codeOf(item: Item, context: ToolContext): Promise<{ name: string; code: string }> {
  const { client, signal } = context
  const { projectId, id, version } = item
  if (item.kind === "song") {
    const parts = await songParts(item, context)
    return { name: parts.name, code: codeOfParts(parts) }
  }
  return version === undefined
    ? client.clip.byId.query({ projectId, id }, { signal })
    : client.clip.version.query({ projectId, id, version }, { signal })
}

async function midiOf(item: Item, cycles: number, context: ToolContext) {
  let name: string
  let score: Score
  if (item.kind === "song") {
    const parts = await songParts(item, context)
    name = parts.name
    score = await scoreOfParts(parts, context)
  } else {
    const clip = await codeOf(item, context)
    name = clip.name
    score = await scoreOfCode(clip.code, cycles, context)
  }
  const bytes = midiFile(score.haps, { name, tempos: score.tempos })
  return { bytes, events: score.haps.length }
}

/** Bytes that are made characters of at once: each is an argument of one call. */
const chunk = 32 * 1024

/** Bytes in Base64, without a Buffer, so that it runs anywhere. */
function base64(bytes: Uint8Array): string {
  let characters = ""
  for (let at = 0; at < bytes.length; at += chunk) characters += String.fromCharCode(...bytes.subarray(at, at + chunk))
  return btoa(characters)
}

export const exportItem = defineTool({
  name: "export",
  title: "Take music out",
  description:
    "Take a clip or song out: as code (a song as one piece), as a MIDI file for a DAW, or as a link that opens it in strudel.cc to share.",
  input,
  output: z.object({
    uri: z.string(),
    code: z.string().optional(),
    link: z.string().optional(),
    file: z.string().optional().describe("Name of the attached file"),
    bytes: z.number().optional(),
  }),
  hints: reads,
  async run({ uri, format, cycles }, context) {
    const item = itemOf(uri)
    if (item.kind === "playlist")
      throw new ToolProblem("uri: a playlist is taken out song by song; name one of its songs.")
    if (item.kind !== "clip" && item.kind !== "song")
      throw new ToolProblem("uri: this tool takes a clip or a song out.")
    const address = uriOf(item)
    if (format === "midi") {
      const { bytes, events } = await midiOf(item, cycles, context)
      const file = { name: `${item.id}.mid`, mediaType: "audio/midi", base64: base64(bytes) }
      return {
        text: `${file.name}: a MIDI file of ${events} events, ${bytes.length} bytes.`,
        data: { uri: address, file: file.name, bytes: bytes.length },
        file,
      }
    }
    const { code } = await codeOf(item, context)
    if (format === "code") return { text: code, data: { uri: address, code } }
    const link = strudelLink(code)
    if (link === null) throw new ToolProblem('The code is too long for a link: take it out with format: "code".')
    return { text: link, data: { uri: address, link } }
  },
})
