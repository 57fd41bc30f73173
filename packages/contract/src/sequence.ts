import { z } from "zod"
import { expectedFields } from "./expected.ts"
import { Metadata, StoredMetadata } from "./json.ts"
import { limits } from "./limits.ts"
import { pageFields } from "./paging.ts"
import { longText, Name, Slug, shortText, Timestamp, wholeNumber } from "./text.ts"
import { orderedEntryFields, restoreFields, VersionOrigin, VersionPart, versionFields } from "./version.ts"

export const SequenceKey = z.object({ projectId: Slug, id: Slug })
export type SequenceKey = z.infer<typeof SequenceKey>

/** A sequence by its id alone where only one project owns it. */
export const SequenceFind = z.object({ id: Slug, projectId: Slug.optional() })

export const SequenceDelete = SequenceKey.extend(expectedFields)

export const SequenceList = z.object({
  projectId: Slug.optional(),
  q: shortText(limits.search).optional(),
  sort: z.enum(["updated", "name"]).default("updated"),
  ...pageFields,
})
export type SequenceList = z.infer<typeof SequenceList>

export const SequenceVersionKey = SequenceKey.extend({ version: wholeNumber(1) })

export const SequenceRestore = SequenceVersionKey.extend(restoreFields)

export const SequenceVersionList = SequenceKey.extend(pageFields)
export type SequenceVersionList = z.infer<typeof SequenceVersionList>

/** What a caller says of every sequence besides its parts. */
export const sequenceFields = { name: Name, body: longText(limits.bodyBytes), metadata: Metadata }

/** Ids of the same project in order; one may stand at several places. */
export const partIdsOf = (parts: string) => z.array(Slug).max(limits.parts, `at most ${limits.parts} ${parts}`)

/** What is told of every sequence besides its parts. */
export const storedFields = {
  projectId: Slug,
  id: Slug,
  name: z.string(),
  body: z.string(),
  metadata: StoredMetadata,
  version: z.number().int(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
}
const storedVersion = { ...versionFields, body: z.string() }
export const storedIds = z.array(Slug)
const versionParts = z.array(VersionPart)

type Stored<Fields extends z.core.$ZodLooseShape> = z.input<z.ZodObject<Fields>>

/** A sequence as the library has it, whatever its kind calls its parts. */
export type StoredSequence = Stored<typeof storedFields> & { partIds: string[] }
export type StoredSequenceVersion = Stored<typeof storedVersion> & { id: string; partIds: string[] }
export type StoredSequenceVersionDetail = StoredSequenceVersion & { parts: z.input<typeof versionParts> }
export type StoredSequenceEntry = Stored<typeof orderedEntryFields> & { id: string }

interface Kind<
  Owner extends string,
  PartIds extends string,
  Parts extends string,
  Part extends z.ZodType,
  More extends z.ZodRawShape,
> {
  /** The field by which a version names its sequence. */
  owner: Owner
  /** The field that holds the ids of the parts in order. */
  partIds: PartIds
  /** The field that holds the parts themselves. */
  parts: Parts
  /** What is told of each part where the whole sequence is read, and what else is told there. */
  part: Part
  more: More
}

/** An object of one field under a name that its type keeps: the compiler takes a computed key for any text. */
const named = <const Name extends string, Value>(name: Name, value: Value) => ({ [name]: value }) as Record<Name, Value>

/**
 * What goes in and comes out of one kind of sequence, parts of a project in an order with a text, in its own words. What
 * comes out is given as the library has it.
 */
export function sequenceSchemas<
  const Owner extends string,
  const PartIds extends string,
  const Parts extends string,
  Part extends z.ZodType,
  More extends z.ZodRawShape,
>({ owner, partIds, parts, part, more }: Kind<Owner, PartIds, Parts, Part, More>) {
  const { name, body, metadata } = sequenceFields
  const order = partIdsOf(parts)

  const Create = SequenceKey.extend({
    name,
    body: body.default(""),
    metadata: metadata.default({}),
    ...named(partIds, order.default([])),
    origin: VersionOrigin.optional(),
  })

  const Update = SequenceKey.extend({
    name: name.optional(),
    body: body.optional(),
    metadata: metadata.optional(),
    ...named(partIds, order.optional()),
    origin: VersionOrigin.optional(),
    ...expectedFields,
  })

  const Arrange = SequenceKey.extend({
    ...named(partIds, order),
    origin: VersionOrigin.optional(),
    ...expectedFields,
  })

  const Sequence = z.object({ ...storedFields, ...named(partIds, storedIds) })
  const Detail = Sequence.extend({ ...named(parts, z.array(part)), ...more })
  const Version = z.object({ ...storedVersion, ...named(owner, Slug), ...named(partIds, storedIds) })
  const VersionDetail = Version.extend(named(parts, versionParts))
  const HistoryEntry = z.object({ ...orderedEntryFields, ...named(owner, Slug) })

  /** Puts the kind's words beside those of every kind; the schema behind it takes those that it has. */
  const tell = <Row extends { id: string; partIds?: string[]; parts?: unknown }>() =>
    z.transform((row: Row): unknown => ({ ...row, [owner]: row.id, [partIds]: row.partIds, [parts]: row.parts }))

  return {
    Create,
    Update,
    /** Other parts in place of those that it has. */
    Arrange,
    Sequence: tell<StoredSequence>().pipe(Sequence),
    /** A sequence with its parts. */
    Detail: tell<StoredSequence & Stored<{ parts: z.ZodArray<Part> } & More>>().pipe(Detail),
    /** A sequence as it was. */
    Version: tell<StoredSequenceVersion>().pipe(Version),
    /** A sequence as it was, with what its parts are called, each once. */
    VersionDetail: tell<StoredSequenceVersionDetail>().pipe(VersionDetail),
    /** A version without its text and parts: what it changed and where it came from. */
    HistoryEntry: tell<StoredSequenceEntry>().pipe(HistoryEntry),
  }
}
