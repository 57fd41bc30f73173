import type { Inputs, Outputs } from "@strudel-agent/client/client"
import { limits } from "@strudel-agent/contract/limits"
import type { Analysed } from "@strudel-agent/sandbox/host"
import { drawPicture } from "@strudel-agent/strudel/picture"
import type { api } from "#shared/api/trpc.ts"
import { loadPlayer } from "./load-player.ts"

type Utils = ReturnType<typeof api.useUtils>
type Clip = Pick<Outputs["clip"]["byId"], "projectId" | "id" | "version" | "code" | "state">
type Found = Inputs["clip"]["settle"]

const cycles = 4
const { heard } = limits

const shortened = (names: string[], count: number) =>
  names.slice(0, count).map((name) => name.slice(0, heard.name).toWellFormed())

/** What the player found, as it is stored; undefined where it took too long for the player as well. */
function foundOf({ projectId, id, version }: Clip, answer: Analysed): Found | undefined {
  const key = { projectId, id, version, cycles }
  if (!answer.ok)
    return answer.error.stage === "timeout" ? undefined : { ...key, state: "fails", problem: answer.error }
  const picture = drawPicture(answer)
  return {
    ...key,
    state: answer.definitionsOnly ? "definitions" : picture ? "plays" : "silent",
    cps: answer.tempo.cps,
    events: answer.haps.length,
    sounds: shortened(
      answer.sounds.map(({ name }) => name),
      heard.sounds,
    ),
    samples: shortened(
      answer.samples.flatMap(({ source, base }) => source ?? base ?? []),
      heard.samples,
    ),
    picture,
  }
}

/** Versions that were tried: of a clip that is opened and played, only once. */
const tried = new Set<string>()

/**
 * Listens with the player to a clip that takes longer than the server listens, and tells the server what it found; a
 * browser's engine is tens of times as fast. Nothing depends on it: a failure is left for the next time.
 */
export async function settleSlow(utils: Utils, clip: Clip): Promise<void> {
  const version = `${clip.projectId}/${clip.id}@${clip.version}`
  if (clip.state !== "slow" || tried.has(version)) return
  tried.add(version)
  try {
    const player = await loadPlayer()
    const answer = await player.analyse({ sources: [{ key: `${clip.projectId}/${clip.id}`, code: clip.code }], cycles })
    const found = foundOf(clip, answer)
    if (!found || !(await utils.client.clip.settle.mutate(found)).settled) return
    await utils.clip.byId.invalidate({ projectId: clip.projectId, id: clip.id })
  } catch {
    // The clip stays as it is: slow.
    tried.delete(version)
  }
}
