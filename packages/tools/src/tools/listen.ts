import { z } from "zod"
import { ToolProblem } from "../advice.ts"
import { sinceBefore, soundOf } from "../clip-sound.ts"
import { defineTool, reads } from "../define-tool.ts"
import { uriField } from "../fields.ts"
import { thingOf, uriOf } from "../uri.ts"

/** Milliseconds for which it waits until a clip that was just saved is measured. */
const timeout = 20_000

const unmeasured = {
  waiting: "It is not measured yet: try again in a moment.",
  off: "This server measures no sound (STRUDEL_EAR).",
  none: "Its code makes no sound: check_code tells why.",
}

export const listen = defineTool({
  name: "listen",
  title: "Hear how a clip sounds",
  description:
    "Hear a saved clip as rendered sound: loudness in LUFS, peak and clipping, energy from sub to highs, brightness, width, onsets, key, tempo, which sound masks which, and what the last change did, e.g. sub up 4 dB. Use it after save_clip, and for too loud, muddy, thin, dull or harsh.",
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
    if (thing.kind !== "clip") throw new ToolProblem("uri: only clips are measured, e.g. strudel://clip/house/kick.")
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
