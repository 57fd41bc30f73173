import { reasonOf } from "@strudel-agent/client/reason"
import type { JsonValue } from "@strudel-agent/contract/json"
import { printable, printableLine } from "@strudel-agent/importer/printable"
import { UsageError } from "../failure.ts"
import { listPages } from "../library/list-pages.ts"
import type { Run } from "../run.ts"
import { printRows } from "../terminal/print-rows.ts"
import { table } from "../terminal/table.ts"
import { moment } from "../terminal/words.ts"
import { agree } from "./agree.ts"
import { deleteEach } from "./delete-each.ts"
import { editText } from "./edit-text.ts"
import { itemKeyOf, nameOfKey } from "./item-name.ts"
import { keepText } from "./keep-text.ts"
import { readText } from "./read-text.ts"
import type { Sequence, Sequences } from "./sequences.ts"
import { shellWord } from "./shell.ts"
import { changeWords } from "./version-words.ts"

export interface SequenceListOptions {
  limit: number
  json?: boolean
  project?: string
  q?: string
}

export async function listSequences(
  run: Run,
  of: Sequences,
  { limit, project, q }: SequenceListOptions,
): Promise<void> {
  const client = await run.connect()
  printRows(run, {
    called: `${of.kind}s`,
    page: await listPages((page) => of.list(client, { projectId: project, q, ...page }), limit),
    headings: [of.kind.toUpperCase(), "NAME", of.parts.toUpperCase(), "CHANGED"],
    row: (item) => [nameOfKey(item), item.name, item.parts.length, moment(item.updatedAt)],
  })
}

export async function showSequence(run: Run, of: Sequences, name: string): Promise<void> {
  const item = await of.find(await run.connect(), name)
  const ended = item.body === "" || item.body.endsWith("\n") ? item.body : `${item.body}\n`
  const body = run.io.stdout.isTTY ? printable(ended) : ended
  const parts = `${of.parts}: ${item.parts.join(", ")}\n`
  run.print({
    json: () => item,
    text: () => `${printableLine(item.name)}\n${item.parts.length > 0 ? parts : ""}${body ? `\n${body}` : ""}`,
  })
}

export interface SequenceOptions {
  name?: string
  parts?: string[]
  file?: string
  metadata?: Record<string, JsonValue>
  json?: boolean
}

const tellStored = (run: Run, item: Sequence): void =>
  run.print({ json: () => item, text: () => `${nameOfKey(item)} version ${item.version}\n` })

export async function newSequence(
  run: Run,
  of: Sequences,
  { item, options }: { item: string; options: SequenceOptions },
) {
  const key = itemKeyOf(of.kind, item)
  const { name = key.id, parts = [], file, metadata = {} } = options
  const body = file === undefined ? "" : await readText(run, file)
  const client = await run.connect({ writes: "once" })
  tellStored(run, await of.create(client, { ...key, name, body, parts, metadata }))
}

/** Changes the name or the parts that are told, and the text where a file or nothing is told. */
export async function editSequence(
  run: Run,
  of: Sequences,
  { item, options }: { item: string; options: SequenceOptions },
) {
  const { name, parts, file } = options
  const given = file === undefined ? undefined : await readText(run, file)
  const client = await run.connect({ writes: "once" })
  const former = await of.find(client, item)
  const { projectId, id, version: expectedVersion } = former
  const store = async (body: string | undefined) => {
    try {
      return await of.update(client, {
        ...{ projectId, id, expectedVersion },
        ...(name === undefined ? {} : { name }),
        ...(parts === undefined ? {} : { parts }),
        ...(body === undefined ? {} : { body }),
      })
    } catch (error) {
      const isStale = reasonOf(error) === "SONG_CHANGED" || reasonOf(error) === "PLAYLIST_CHANGED"
      const show = `strudel-agent ${of.kind}s show ${nameOfKey(former)}`
      if (isStale) run.warn(`${nameOfKey(former)} was changed meanwhile: \`${show}\` shows what it is.`)
      throw error
    }
  }
  if (given !== undefined || name !== undefined || parts !== undefined) return tellStored(run, await store(given))
  const stored = await editText(run, { file: `${id}.md`, text: former.body }, store)
  if (stored) return tellStored(run, stored)
  run.note("Nothing changed: nothing is stored.")
  run.print({ json: () => former, text: () => "" })
}

export async function sequenceHistory(run: Run, of: Sequences, { item, limit }: { item: string; limit: number }) {
  const client = await run.connect()
  const { projectId, id } = await of.find(client, item)
  const { items, more } = await listPages((page) => of.history(client, { projectId, id, ...page }), limit)
  run.print({
    json: () => ({ versions: items, more }),
    text: () =>
      table(
        ["VERSION", "WHEN", "CHANGE", "FROM"],
        items.map(({ version, createdAt, change, sessionName, preview }) => [
          ...[version, moment(createdAt), changeWords(change)],
          printableLine([sessionName, preview].filter(Boolean).join(": ")),
        ]),
      ),
  })
  if (more) run.note("There are more versions: --limit says how many to show.")
}

export interface RestoreOptions {
  item: string
  version: number
  leaveOutMissing: boolean
}

export async function restoreSequence(run: Run, of: Sequences, { item, version, leaveOutMissing }: RestoreOptions) {
  const client = await run.connect({ writes: "once" })
  const { projectId, id } = await of.find(client, item)
  tellStored(run, await of.restore(client, { projectId, id, version, leaveOutMissing }))
}

async function howToMakeAgain(of: Sequences, { name, body, parts, metadata, ...key }: Sequence): Promise<string> {
  const options = [
    ...["--name", name],
    ...(parts.length > 0 ? [`--${of.parts}`, parts.join(",")] : []),
    ...["--metadata", JSON.stringify(metadata)],
    ...(body === "" ? [] : ["--file", await keepText(`${key.id}.md`, body)]),
  ]
  return `strudel-agent ${of.kind}s new ${nameOfKey(key)} ${options.map(shellWord).join(" ")}`
}

export interface DeleteOptions {
  yes?: boolean
  dryRun?: boolean
}

export async function deleteSequences(
  run: Run,
  of: Sequences,
  { names, yes, dryRun = false }: DeleteOptions & { names: string[] },
) {
  if (names.length === 0) throw new UsageError(`Say which ${of.kind}.`)
  const client = await run.connect({ writes: "once" })
  const found = await Promise.all(names.map((name) => of.find(client, name)))
  const items = new Map(found.map((item) => [nameOfKey(item), item]))
  const called = [...items.keys()]
  if (dryRun) {
    run.note("This would delete with all versions:")
    return run.print({
      json: () => ({ deleted: called, dryRun }),
      text: () => called.map((name) => `${name}\n`).join(""),
    })
  }
  await agree(run, { what: `Delete ${called.join(", ")} with all versions`, yes })
  const deletions = Array.from(items, ([name, item]) => ({
    name,
    keep: () => howToMakeAgain(of, item),
    remove: () => of.remove(client, { projectId: item.projectId, id: item.id, expectedVersion: item.version }),
  }))
  await deleteEach(run, deletions)
}
