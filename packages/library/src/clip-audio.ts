import type { ClipAudio, ClipAudioKey } from "@strudel-agent/contract/clip/audio"
import type { Db } from "@strudel-agent/database/client"
import { findClip } from "@strudel-agent/database/queries/clip"
import type { ClipVersionKey } from "@strudel-agent/database/queries/clip/analysis"
import { listAudio, storeAudio } from "@strudel-agent/database/queries/clip/audio"
import { Compared, Heard } from "@strudel-agent/ear/heard"
import { figuresOf } from "@strudel-agent/ear/likeness"
import { audioWords, changeWords } from "@strudel-agent/ear/words"
import { noClip } from "./clip.ts"
import { LibraryError } from "./failure.ts"

type Row = Awaited<ReturnType<typeof listAudio>>[number]

/** JSON of the database; what is of another shape after all is measured anew some day. */
const audioOf = (row: Row | undefined): Heard | null =>
  Heard.nullable()
    .catch(null)
    .parse(row?.audio ?? null)

function stateOf({ state, problem }: Row, audio: Heard | null, listens: boolean): ClipAudio["state"] {
  if (audio) return "measured"
  if (problem !== null) return "failed"
  if (state !== null && state !== "plays") return "none"
  return listens ? "waiting" : "off"
}

/** What a clip sounds like as it is or was, and what became of that since the version before or another; `listens`: whether somebody measures. */
export async function readClipAudio(db: Db, key: ClipAudioKey, listens: boolean): Promise<ClipAudio> {
  const clip = await findClip(db, key)
  if (!clip) throw noClip()
  const { version = clip.version, since } = key
  const rows = await listAudio(db, { ...key, version, ...(since === undefined ? {} : { since }) })
  const row = rows.find((each) => each.version === version)
  const former = rows.find((each) => each.version !== version)
  if (!row) throw new LibraryError("CLIP_VERSION_NOT_FOUND", "The clip has no such version.")
  const [audio, before] = [audioOf(row), audioOf(former)]
  return {
    version,
    state: stateOf(row, audio, listens),
    audio,
    problem: row.problem,
    words: audio ? audioWords(audio) : [],
    changes: audio && before ? changeWords(before, audio) : [],
    before: audio && before && former ? former.version : null,
  }
}

/** What became of a sound from one version to another, in a few words each; null where either is not measured. */
export function soundChange(before: unknown, after: unknown): string[] | null {
  const [former, latter] = [Compared.safeParse(before), Compared.safeParse(after)]
  return former.success && latter.success ? changeWords(former.data, latter.data) : null
}

/** What was measured of a version, or why it could not be. */
export type MeasuredAudio = { audio: Heard } | { problem: string }

/** Stores what a version sounds like, and what its clip is found by where it still is of this version. */
export const storeMeasured = (db: Db, key: ClipVersionKey, found: MeasuredAudio): Promise<void> =>
  storeAudio(db, key, "audio" in found ? { ...found, figures: figuresOf(found.audio) } : found)
