import type { Outputs } from "@strudel-agent/client/client"
import { z } from "zod"
import { ToolProblem } from "../advice.ts"
import { sinceBefore, soundOf } from "../clip-sound.ts"
import { defineTool, reads } from "../define-tool.ts"
import { uriField } from "../fields.ts"
import type { ToolContext } from "../tool.ts"
import { type Item, thingOf, uriOf } from "../uri.ts"

/** Milliseconds for which it waits until a clip that was just saved is measured. */
const timeout = 20_000

const unmeasured = {
  waiting: "It is not measured yet: try again in a moment.",
  off: "This server measures no sound (STRUDEL_EAR).",
  none: "Its code makes no sound: check_code tells why.",
}

const minutes = (seconds: number) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`

type Section = Outputs["song"]["audio"]["sections"][number]

const sectionInWords = ({ name, begin, seconds, words, changes, problem }: Section): string => {
  const since = changes.length > 0 ? `. Since the section before: ${changes.join(", ")}` : ""
  return `${minutes(begin)} ${name} (${Math.round(seconds)} s): ${problem ?? words.join("; ")}${since}.`
}

/** What a song sounds like, section by section. */
async function listenToSong({ projectId, id, version: asked }: Item, { client, signal }: ToolContext) {
  if (asked !== undefined) {
    throw new ToolProblem(
      `uri: songs are heard as they are: leave out the version, ${uriOf({ kind: "song", projectId, id })}.`,
    )
  }
  const { state, version, seconds, loudness, peak, sections } = await client.song.audio.query(
    { projectId, id },
    { signal },
  )
  const address = uriOf({ kind: "song", projectId, id, version })
  const isHeard = sections.some(({ audio }) => audio !== null)
  const silence = isHeard ? "silent" : "none of its sections could be measured"
  const whole = loudness === null ? silence : `${loudness} LUFS, peaks at ${peak} dBFS`
  const lines =
    state === "measured"
      ? [`${minutes(seconds)} in all: ${whole}.`, ...sections.map(sectionInWords)]
      : [state === "off" ? unmeasured.off : "It has no clips: arrange_song gives it some."]
  return {
    text: [address, ...lines].join("\n"),
    data: { uri: address, state, sounds_like: state === "measured" ? lines : [], changes: [] },
  }
}

export const listen = defineTool({
  name: "listen",
  title: "Hear how a clip or song sounds",
  description:
    "Hear a saved clip, or a song section by section, as rendered sound: loudness in LUFS, peak and clipping, energy from sub to highs, brightness, width, onsets, key, tempo, and of a clip which sound masks which and what the last change did, e.g. sub up 4 dB. Use it after save_clip, and for too loud, muddy, thin, dull or harsh.",
  input: z.strictObject({ uri: uriField }),
  output: z.object({
    uri: z.string(),
    state: z.string(),
    sounds_like: z.array(z.string()),
    changes: z.array(z.string()),
  }),
  hints: reads,
  async run({ uri }, context) {
    const thing = thingOf(uri)
    if (thing.kind === "song") return listenToSong(thing, context)
    if (thing.kind !== "clip")
      throw new ToolProblem("uri: only clips and songs are measured, e.g. strudel://clip/house/kick.")
    const { projectId, id, version } = thing
    const found = await soundOf({ projectId, id, ...(version === undefined ? {} : { version }) }, context, timeout)
    const { state, words, changes } = found
    const since = sinceBefore(found)
    const lines =
      state === "measured"
        ? [`${words.join("; ")}.`, ...(since === undefined ? [] : [`What changed ${since}`])]
        : [state === "failed" ? `It cannot be measured: ${found.problem}.` : unmeasured[state]]
    const address = uriOf({ kind: "clip", projectId, id, version: found.version })
    return { text: [address, ...lines].join("\n"), data: { uri: address, state, sounds_like: words, changes } }
  },
})
