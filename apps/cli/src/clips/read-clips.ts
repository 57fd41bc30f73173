import { printable, printableLine } from "@strudel-agent/importer/printable"
import { exitCodes } from "../exit-code.ts"
import { UsageError } from "../failure.ts"
import { listPages } from "../library/list-pages.ts"
import type { Run } from "../run.ts"
import { tableOf } from "../terminal/table.ts"
import { moment } from "../terminal/words.ts"
import { nameOfKey } from "../things/item-name.ts"
import { pageOf } from "../things/page-of.ts"
import { readText } from "../things/read-text.ts"
import { changeWords } from "../things/version-words.ts"
import { findClip } from "./find-clip.ts"
import { hearCode, heardLines } from "./hear-code.ts"

export async function showClip(run: Run, name: string, { version }: { version?: number } = {}): Promise<void> {
  const client = await run.connect()
  const clip = await findClip(client, name)
  const { projectId, id } = clip
  const shown = version === undefined ? clip : await client.clip.version.query({ projectId, id, version })
  // A file gets the code as it is, a terminal nothing that it would act upon.
  const text = () => (run.io.stdout.isTTY ? `${printable(shown.code).trimEnd()}\n` : shown.code)
  run.print({ json: () => shown, text })
}

export async function clipHistory(run: Run, name: string, { limit }: { limit: number }): Promise<void> {
  const client = await run.connect()
  const { projectId, id } = await findClip(client, name)
  const { items, more } = await listPages((page) => client.clip.history.query({ projectId, id, ...page }), limit)
  const rows = items.map(({ version, createdAt, change, state, sessionName, preview }) => [
    ...[version, moment(createdAt), changeWords(change), state ?? ""],
    printableLine([sessionName, preview].filter(Boolean).join(": ")),
  ])
  const text = await tableOf(run, ["VERSION", "WHEN", "CHANGE", "STATE", "FROM"], rows)
  run.print({ json: () => ({ versions: items, more }), text: () => text })
  if (more) run.note("There are more versions: --limit says how many to show.")
}

export interface Versions {
  from: number | undefined
  to: number | undefined
}

/** Says what changed from one version to another: of what the last change did unless told. */
export async function diffClip(run: Run, name: string, versions: Versions): Promise<void> {
  const client = await run.connect()
  const clip = await findClip(client, name)
  const { projectId, id } = clip
  const to = versions.to ?? clip.version
  const from = versions.from ?? to - 1
  if (from < 1) throw new UsageError(`${nameOfKey(clip)} has one version, which changed nothing.`)
  const at = (version: number) => client.clip.version.query({ projectId, id, version })
  const [before, after] = await Promise.all([at(from), at(to)])
  const { diffTexts, shownDiff } = await import("../things/diff-texts.ts")
  const called = (version: number) => `${nameOfKey(clip)} version ${version}`
  const diff = diffTexts({ name: called(from), text: before.code }, { name: called(to), text: after.code })
  run.print({ json: () => ({ from, to, same: diff === "", diff }), text: () => shownDiff(diff, run.io.stdout) })
  if (diff === "") run.note(`Versions ${from} and ${to} have the same code.`)
}

/** Says which clips sound like one; a distance of 1 is plainly heard. */
export async function similarClips(run: Run, name: string, { limit }: { limit: number }): Promise<void> {
  const client = await run.connect()
  const { projectId, id } = await findClip(client, name)
  const { measured, items } = await client.clip.similar.query({ projectId, id, limit })
  const rows = items.map((clip) => [clip.distance.toFixed(2), nameOfKey(clip), printableLine(clip.name)])
  const text = await tableOf(run, ["DISTANCE", "CLIP", "NAME"], rows)
  run.print({ json: () => ({ measured, clips: items }), text: () => (items.length > 0 ? text : "") })
  if (!measured) run.note(`The sound of ${projectId}/${id} is not measured, or it is silent.`)
  else if (items.length === 0) run.note("No other clip that is measured sounds like it.")
}

export interface CheckOptions {
  file?: string
  cycles?: number
}

/** Listens to code without storing it; the exit code says whether it plays. */
export async function checkCode(run: Run, name: string | undefined, { file, cycles }: CheckOptions): Promise<void> {
  if (name !== undefined && name !== "-" && file !== undefined) {
    throw new UsageError("Check a clip or a file, not both.")
  }
  const isStored = name !== undefined && name !== "-"
  const given = isStored ? undefined : await readText(run, file ?? name)
  const client = await run.connect()
  const code = given ?? (isStored ? (await findClip(client, name)).code : "")
  const heard = await hearCode(client, code, cycles === undefined ? {} : { cycles })
  const lines = await heardLines(heard)
  run.print({ json: () => heard, text: () => `${lines}\n` })
  if (!heard.plays) run.exitCode = exitCodes.failed
}

export async function linkClip(run: Run, name: string): Promise<void> {
  const client = await run.connect()
  const { projectId, id } = await findClip(client, name)
  const url = pageOf({ kind: "clip", key: { projectId, id } }, run.env.url)
  run.print({ json: () => ({ url }), text: () => `${url}\n` })
}
