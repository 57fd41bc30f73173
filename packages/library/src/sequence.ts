import { sequenceParts } from "@strudel-agent/contract/item"
import { itemReasons } from "@strudel-agent/contract/item-reason"
import type { Db } from "@strudel-agent/database/client"
import { isDuplicate } from "@strudel-agent/database/errors"
import type { SequenceKind as SequenceType } from "@strudel-agent/database/item-kinds"
import { ensureProject } from "@strudel-agent/database/queries/project"
import { removeProjectFileOf } from "@strudel-agent/database/queries/project-file"
import type {
  SequenceFields,
  SequenceKey,
  SequenceQueries,
  SequenceRow,
} from "@strudel-agent/database/queries/sequence"
import { metadataOf } from "@strudel-agent/database/queries/sql/columns"
import type { VersionOrigin } from "@strudel-agent/database/queries/version-origin"
import { inTransaction } from "@strudel-agent/database/transaction"
import { badInput, LibraryError } from "./failure.ts"
import { withTextAhead } from "./folder/text-ahead.ts"
import type { Reordered } from "./folder/text-in-order.ts"
import { type Expected, expectUnchanged } from "./last-change.ts"
import { changesAnything, momentAfter } from "./revision.ts"
import { soleOwner } from "./sole-owner.ts"

/** A kind of ordered list of parts: songs of clips, playlists of songs. */
export interface SequenceKind {
  type: SequenceType
  queries: SequenceQueries
  /** The names of those of these parts that the project has. */
  listPartNames(db: Db, projectId: string, ids: string[]): Promise<Map<string, string>>
  /** Refuses that a locked sequence is deleted which something uses. */
  refuseUsed?(tx: Db, key: SequenceKey): Promise<void>
}

/** What is to change of a sequence, its parts in order if they are, and what that came from. */
export interface SequenceRevision extends SequenceFields {
  partIds?: string[] | undefined
  origin?: VersionOrigin | undefined
}

export type NewSequence = SequenceKey & SequenceRevision & { name: string; partIds: string[] }

/** A change of the sequence of a key, made on an expected state. */
export type SequenceChange = SequenceKey & SequenceRevision & Expected

interface Restore extends SequenceKey {
  version: number
  /** Whether parts that are gone are left out; otherwise they refuse it. */
  leaveOutMissing: boolean
}

const capital = (word: string) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`

/** What can be done with the sequences of a kind. */
export function sequencesOf({ type, queries, listPartNames, refuseUsed }: SequenceKind) {
  const { part, parts: manyParts } = sequenceParts[type]
  const reasons = itemReasons[type]
  const missing = () => new LibraryError(reasons.missing, `There is no such ${type}.`)
  const whenChanged = { reason: reasons.changed, what: type }

  function present(row: SequenceRow | undefined): SequenceRow {
    if (!row) throw missing()
    return row
  }

  const namesOf = (db: Db, projectId: string, partIds: string[]) => listPartNames(db, projectId, [...new Set(partIds)])

  /** The names of parts; refused where the project does not have one of them. */
  async function namesOfAll(tx: Db, projectId: string, partIds: string[]): Promise<Map<string, string>> {
    const names = await namesOf(tx, projectId, partIds)
    const place = partIds.findIndex((id) => !names.has(id))
    if (place < 0) return names
    throw badInput(`${part}Ids.${place}`, `the project "${projectId}" has no ${part} "${partIds[place]}"`)
  }

  /** What a text that lists the parts has to follow. */
  const reorderedBy = (former: SequenceRow, next: string[], names: Map<string, string>): Reordered => ({
    projectId: former.projectId,
    type,
    body: former.body,
    former: former.partIds,
    next,
    nameOf: (id) => names.get(id) ?? id,
  })

  /** Locks a sequence until the transaction ends and reads it. */
  const locked = async (tx: Db, key: SequenceKey): Promise<SequenceRow | undefined> =>
    (await queries.lock(tx, key)) ? queries.find(tx, key) : undefined

  async function findVersion(db: Db, { version, projectId, id }: SequenceKey & { version: number }) {
    const found = await queries.findVersion(db, { projectId, id }, version)
    if (!found) throw new LibraryError(reasons.versionMissing, `The ${type} has no such version.`)
    return found
  }

  /** Parts, each once, with their names today: null where one is gone. */
  async function named(db: Db, projectId: string, partIds: string[]) {
    const names = await namesOf(db, projectId, partIds)
    return [...new Set(partIds)].map((id) => ({ id, name: names.get(id) ?? null }))
  }

  /**
   * Locks a sequence, asks what is to change of it as it is, and writes that with its next version; a change of nothing
   * writes none. Whoever decides has seen that the project has the parts. Undefined where there is no such sequence.
   */
  const revise = (
    db: Db,
    key: SequenceKey,
    decide: (current: SequenceRow, tx: Db) => SequenceRevision | Promise<SequenceRevision>,
  ): Promise<SequenceRow | undefined> =>
    inTransaction(db, async (tx) => {
      const current = await locked(tx, key)
      if (!current) return undefined
      const { origin, partIds, ...fields } = await decide(current, tx)
      if (!changesAnything(current, { ...fields, partIds })) return current
      const { version, updatedAt } = current
      await queries.update(tx, key, { ...fields, version: version + 1, updatedAt: momentAfter(updatedAt) })
      if (partIds && changesAnything(current, { partIds })) await queries.replaceParts(tx, key, partIds)
      return queries.writeVersion(tx, key, origin)
    })

  return {
    type,
    queries,
    missing,
    present,
    revise,

    /** The project that owns the one sequence of an id; several are a failure that names them. */
    ownerOf: async (
      db: Db,
      { id, projectId }: { id: string; projectId?: string | undefined },
    ): Promise<SequenceKey> => ({
      id,
      projectId: projectId ?? soleOwner(await queries.listProjects(db, id), reasons.missing),
    }),

    /** Stores a sequence and its first version; a project that is not there is made with its id as name. */
    async create(db: Db, { origin, partIds, ...sequence }: NewSequence): Promise<SequenceRow> {
      const { projectId, id } = sequence
      try {
        return await inTransaction(db, async (tx) => {
          await namesOfAll(tx, projectId, partIds)
          await ensureProject(tx, projectId)
          await queries.insert(tx, sequence)
          await queries.replaceParts(tx, sequence, partIds)
          return present(await queries.writeVersion(tx, sequence, origin))
        })
      } catch (cause) {
        if (!isDuplicate(cause)) throw cause
        throw new LibraryError(reasons.exists, `The project "${projectId}" has a ${type} "${id}" already.`, { cause })
      }
    },

    /**
     * Changes a sequence in the expected state and, where given, its parts; a change of nothing writes nothing. A text
     * that lists the parts, and that is not changed itself, keeps listing them.
     */
    update(db: Db, { projectId, id, ...input }: SequenceChange): Promise<SequenceRow> {
      const { partIds, expectedUpdatedAt, expectedVersion, ...fields } = input
      const key = { projectId, id }
      return withTextAhead(db, {
        foresee: async () => {
          const former = partIds && fields.body === undefined ? await queries.find(db, key) : undefined
          return former && partIds && reorderedBy(former, partIds, await namesOf(db, projectId, partIds))
        },
        change: async (inOrder) =>
          present(
            await revise(db, key, async (current, tx) => {
              expectUnchanged(current, { expectedUpdatedAt, expectedVersion }, whenChanged)
              const names = partIds && (await namesOfAll(tx, projectId, partIds))
              const isListed = names && fields.body === undefined
              const body = isListed ? await inOrder(tx, reorderedBy(current, partIds, names)) : fields.body
              return { ...fields, body, partIds }
            }),
          ),
      })
    },

    /** A former version with its parts, each once, and their names today. */
    async readVersion(db: Db, key: SequenceKey & { version: number }) {
      const version = await findVersion(db, key)
      return { ...version, parts: await named(db, version.projectId, version.partIds) }
    },

    /** Makes a former version the next one; refused where parts of it are gone, unless they are to be left out. */
    restore: (db: Db, { leaveOutMissing, ...key }: Restore): Promise<SequenceRow> =>
      inTransaction(db, async (tx) => {
        const former = await findVersion(tx, key)
        const restored = await revise(tx, key, async () => {
          const parts = await named(tx, former.projectId, former.partIds)
          const gone = parts.filter(({ name }) => name === null).map(({ id }) => id)
          if (gone.length > 0 && !leaveOutMissing) {
            const some = `${gone.slice(0, 10).join(", ")}${gone.length > 10 ? ", …" : ""}`
            const words = `${capital(manyParts)} of version ${former.version} are gone: ${some}.`
            throw new LibraryError(reasons.partsMissing, words, { names: gone })
          }
          const partIds = former.partIds.filter((id) => !gone.includes(id))
          return { name: former.name, body: former.body, metadata: metadataOf(former.metadata), partIds }
        })
        return present(restored)
      }),

    /** Deletes a sequence in the expected state; refused where something uses it. */
    async remove(db: Db, { projectId, id, ...expected }: SequenceKey & Expected): Promise<SequenceKey> {
      const key = { projectId, id }
      await inTransaction(db, async (tx) => {
        expectUnchanged(present(await locked(tx, key)), expected, whenChanged)
        await refuseUsed?.(tx, key)
        await removeProjectFileOf(tx, projectId, { type, id })
        await queries.remove(tx, key)
      })
      return key
    },
  }
}

export type Sequences = ReturnType<typeof sequencesOf>

/** A former version with its parts. */
export type SequenceVersion = Awaited<ReturnType<Sequences["readVersion"]>>
