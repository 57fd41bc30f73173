import type { SequenceKind } from "@strudel-agent/contract/item"
import type { Calls, Inputs, Outputs } from "./client.ts"

type Songs = Inputs["song"]
type Song = Outputs["song"]["update"]
type SongVersion = Outputs["song"]["version"]
type SongDetail = Outputs["song"]["byId"]
type Playlist = Outputs["playlist"]["update"]
type PlaylistVersion = Outputs["playlist"]["version"]
type PlaylistDetail = Outputs["playlist"]["byId"]

interface Parts {
  /** The ids of what is in it, in order. */
  partIds: string[]
}

/** A song or a playlist. */
export type Sequence = Omit<Song, "clipIds"> & Parts
/** A song or a playlist with the playlists that it stands in. */
export type SequenceDetail = Sequence & Pick<SongDetail, "playlists">
/** A song or a playlist as it was. */
export type SequenceVersion = Omit<SongVersion, "songId" | "clipIds" | "clips"> & Parts
/** A version without its text and parts: what it changed and where it came from. */
export type SequenceEntry = Omit<Outputs["song"]["history"]["items"][number], "songId">

type Draft = Omit<Songs["create"], "clipIds">
type Change = Omit<Songs["update"], "clipIds">

interface Page<Row> {
  items: Row[]
  nextCursor: string | null
}

interface Options {
  signal?: AbortSignal | undefined
}

interface Query<Input, Output> {
  query(input: Input, options?: Options): Promise<Output>
}

interface Mutation<Input, Output> {
  mutate(input: Input, options?: Options): Promise<Output>
}

/** The procedures of one kind; `OwnParts` is how that says the ids of the parts. */
interface Procedures<Row, Detail extends Row, Version, OwnParts> {
  list: Query<Songs["list"], Page<Row>>
  byId: Query<Songs["byId"], Detail>
  find: Query<Songs["find"], Row>
  version: Query<Songs["version"], Version>
  history: Query<Songs["history"], Page<SequenceEntry>>
  create: Mutation<Draft & OwnParts, Row>
  update: Mutation<Change | (Change & OwnParts), Row>
  restore: Mutation<Songs["restore"], Row>
  delete: Mutation<Songs["delete"], unknown>
}

interface Words<Row, Detail, Version, OwnParts> {
  toSequence(row: Row): Sequence
  toDetail(row: Detail): SequenceDetail
  toVersion(row: Version): SequenceVersion
  ownParts(partIds: string[]): OwnParts
}

/** The procedures of a kind in words that are those of both. */
function inCommonWords<Row, Detail extends Row, Version, OwnParts>(
  own: Procedures<Row, Detail, Version, OwnParts>,
  { toSequence, toDetail, toVersion, ownParts }: Words<Row, Detail, Version, OwnParts>,
) {
  return {
    async list(asked: Songs["list"], options?: Options): Promise<Page<Sequence>> {
      const { items, nextCursor } = await own.list.query(asked, options)
      return { items: items.map(toSequence), nextCursor }
    },
    byId: async (key: Songs["byId"], options?: Options) => toDetail(await own.byId.query(key, options)),
    /** The only one of an id, in whichever project. */
    find: async (asked: Songs["find"], options?: Options) => toSequence(await own.find.query(asked, options)),
    version: async (key: Songs["version"], options?: Options) => toVersion(await own.version.query(key, options)),
    history: (asked: Songs["history"], options?: Options) => own.history.query(asked, options),
    create: async ({ partIds, ...draft }: Draft & Parts, options?: Options) =>
      toSequence(await own.create.mutate({ ...draft, ...ownParts(partIds) }, options)),
    /** Changes what is said of one. */
    update: async ({ partIds, ...change }: Change & Partial<Parts>, options?: Options) =>
      toSequence(await own.update.mutate(partIds ? { ...change, ...ownParts(partIds) } : change, options)),
    restore: async (version: Songs["restore"], options?: Options) =>
      toSequence(await own.restore.mutate(version, options)),
    remove: (key: Songs["delete"], options?: Options) => own.delete.mutate(key, options),
  }
}

/** The calls about songs or playlists in words that are those of both. */
export type SequenceCalls = ReturnType<typeof inCommonWords>

const ofSongs: Words<Song, SongDetail, SongVersion, { clipIds: string[] }> = {
  toSequence: ({ clipIds: partIds, ...song }) => ({ ...song, partIds }),
  toDetail: ({ clipIds: partIds, ...song }) => ({ ...song, partIds }),
  toVersion: ({ clipIds: partIds, ...version }) => ({ ...version, partIds }),
  ownParts: (clipIds) => ({ clipIds }),
}

const ofPlaylists: Words<Playlist, PlaylistDetail, PlaylistVersion, { songIds: string[] }> = {
  toSequence: ({ songIds: partIds, ...playlist }) => ({ ...playlist, partIds }),
  toDetail: ({ songIds: partIds, ...playlist }) => ({ ...playlist, partIds, playlists: [] }),
  toVersion: ({ songIds: partIds, ...version }) => ({ ...version, partIds }),
  ownParts: (songIds) => ({ songIds }),
}

export const sequenceCalls = (kind: SequenceKind, { song, playlist }: Pick<Calls, SequenceKind>): SequenceCalls =>
  kind === "song" ? inCommonWords(song, ofSongs) : inCommonWords(playlist, ofPlaylists)
