import { reasonOf } from "@strudel-agent/client/reason"
import { type Sequence, sequenceCalls } from "@strudel-agent/client/sequences"
import { type SequenceKind, sequenceParts } from "@strudel-agent/contract/item"
import { isItemReason } from "@strudel-agent/contract/item-reason"
import type { JsonValue } from "@strudel-agent/contract/json"
import { printable, printableLine } from "@strudel-agent/importer/printable"
import { UsageError } from "../failure.ts"
import { listPages } from "../library/list-pages.ts"
import type { Run } from "../run.ts"
import { printRows } from "../terminal/print-rows.ts"
import { tableOf } from "../terminal/table.ts"
import { moment } from "../terminal/words.ts"
import { agree } from "./agree.ts"
import { deleteEach } from "./delete-each.ts"
import { editText } from "./edit-text.ts"
import { itemKeyOf, itemNameOf, nameOfKey } from "./item-name.ts"
import { keepText } from "./keep-text.ts"
import { readText } from "./read-text.ts"
import { shellWord } from "./shell.ts"
import { changeWords } from "./version-words.ts"

/** What is told of one to programs. */
const inJson = ({ partIds: parts, ...item }: Sequence) => ({ ...item, parts })

export interface SequenceListOptions {
  limit: number
  json?: boolean
  project?: string
  q?: string
}

export async function listSequences(
  run: Run,
  kind: SequenceKind,
  { limit, project, q }: SequenceListOptions,
): Promise<void> {
  const { list } = sequenceCalls(kind, await run.connect())
  const { items, more } = await listPages((page) => list({ projectId: project, q, ...page }), limit)
  await printRows(run, {
    called: `${kind}s`,
    page: { items: items.map(inJson), more },
    headings: [kind.toUpperCase(), "NAME", sequenceParts[kind].parts.toUpperCase(), "CHANGED"],
    row: (item) => [nameOfKey(item), item.name, item.parts.length, moment(item.updatedAt)],
  })
}

export async function showSequence(run: Run, kind: SequenceKind, name: string): Promise<void> {
  const { parts } = sequenceParts[kind]
  const item = await sequenceCalls(kind, await run.connect()).find(itemNameOf(kind, name))
  const ended = item.body === "" || item.body.endsWith("\n") ? item.body : `${item.body}\n`
  const body = run.io.stdout.isTTY ? printable(ended) : ended
  const order = item.partIds.length > 0 ? `${parts}: ${item.partIds.join(", ")}\n` : ""
  run.print({
    json: () => inJson(item),
    text: () => `${printableLine(item.name)}\n${order}${body ? `\n${body}` : ""}`,
  })
}

export interface SequenceOptions {
  name?: string
  parts?: string[]
  file?: string
  metadata?: Record<string, JsonValue>
  json?: boolean
}

const printStored = (run: Run, item: Sequence): void =>
  run.print({ json: () => inJson(item), text: () => `${nameOfKey(item)} version ${item.version}\n` })

export async function newSequence(
  run: Run,
  kind: SequenceKind,
  { item, options }: { item: string; options: SequenceOptions },
) {
  const key = itemKeyOf(kind, item)
  const { name = key.id, parts = [], file, metadata = {} } = options
  const body = file === undefined ? "" : await readText(run, file)
  const { create } = sequenceCalls(kind, await run.connect({ writes: "once" }))
  printStored(run, await create({ ...key, name, body, partIds: parts, metadata }))
}

/** Changes the name or the parts that are told, and the text where a file or nothing is told. */
export async function editSequence(
  run: Run,
  kind: SequenceKind,
  { item, options }: { item: string; options: SequenceOptions },
) {
  const { name, parts, file } = options
  const given = file === undefined ? undefined : await readText(run, file)
  const { find, update } = sequenceCalls(kind, await run.connect({ writes: "once" }))
  const former = await find(itemNameOf(kind, item))
  const { projectId, id, version: expectedVersion } = former
  const store = async (body: string | undefined) => {
    try {
      return await update({
        ...{ projectId, id, expectedVersion },
        ...(name === undefined ? {} : { name }),
        ...(parts === undefined ? {} : { partIds: parts }),
        ...(body === undefined ? {} : { body }),
      })
    } catch (error) {
      const show = `strudel-agent ${kind}s show ${nameOfKey(former)}`
      if (isItemReason("changed", reasonOf(error)))
        run.warn(`${nameOfKey(former)} was changed meanwhile: \`${show}\` shows what it is.`)
      throw error
    }
  }
  if (given !== undefined || name !== undefined || parts !== undefined) return printStored(run, await store(given))
  const stored = await editText(run, { file: `${id}.md`, text: former.body }, store)
  if (stored) return printStored(run, stored)
  run.note("Nothing changed: nothing is stored.")
  run.print({ json: () => inJson(former), text: () => "" })
}

export async function sequenceHistory(run: Run, kind: SequenceKind, { item, limit }: { item: string; limit: number }) {
  const { find, history } = sequenceCalls(kind, await run.connect())
  const { projectId, id } = await find(itemNameOf(kind, item))
  const { items, more } = await listPages((page) => history({ projectId, id, ...page }), limit)
  const rows = items.map(({ version, createdAt, change, sessionName, preview }) => [
    ...[version, moment(createdAt), changeWords(change)],
    printableLine([sessionName, preview].filter(Boolean).join(": ")),
  ])
  const text = await tableOf(run, ["VERSION", "WHEN", "CHANGE", "FROM"], rows)
  run.print({ json: () => ({ versions: items, more }), text: () => text })
  if (more) run.note("There are more versions: --limit says how many to show.")
}

export interface RestoreOptions {
  item: string
  version: number
  leaveOutMissing: boolean
}

export async function restoreSequence(
  run: Run,
  kind: SequenceKind,
  { item, version, leaveOutMissing }: RestoreOptions,
) {
  const { find, restore } = sequenceCalls(kind, await run.connect({ writes: "once" }))
  const { projectId, id } = await find(itemNameOf(kind, item))
  printStored(run, await restore({ projectId, id, version, leaveOutMissing }))
}

async function howToMakeAgain(
  kind: SequenceKind,
  { name, body, partIds, metadata, ...key }: Sequence,
): Promise<string> {
  const options = [
    ...["--name", name],
    ...(partIds.length > 0 ? [`--${sequenceParts[kind].parts}`, partIds.join(",")] : []),
    ...["--metadata", JSON.stringify(metadata)],
    ...(body === "" ? [] : ["--file", await keepText(`${key.id}.md`, body)]),
  ]
  return `strudel-agent ${kind}s new ${nameOfKey(key)} ${options.map(shellWord).join(" ")}`
}

export interface DeleteOptions {
  yes?: boolean
  dryRun?: boolean
}

export async function deleteSequences(
  run: Run,
  kind: SequenceKind,
  { names, yes, dryRun = false }: DeleteOptions & { names: string[] },
) {
  if (names.length === 0) throw new UsageError(`Say which ${kind}.`)
  const { find, remove } = sequenceCalls(kind, await run.connect({ writes: "once" }))
  const found = await Promise.all(names.map((name) => find(itemNameOf(kind, name))))
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
    keep: () => howToMakeAgain(kind, item),
    remove: () => remove({ projectId: item.projectId, id: item.id, expectedVersion: item.version }),
  }))
  await deleteEach(run, deletions)
}
