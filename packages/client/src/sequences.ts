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

/** The procedures of one kind; `Said` is how that says the ids of the parts. */
interface Procedures<Told, Detail extends Told, Version, Said> {
  list: Query<Songs["list"], Page<Told>>
  byId: Query<Songs["byId"], Detail>
  find: Query<Songs["find"], Told>
  version: Query<Songs["version"], Version>
  history: Query<Songs["history"], Page<SequenceEntry>>
  create: Mutation<Draft & Said, Told>
  update: Mutation<Change | (Change & Said), Told>
  restore: Mutation<Songs["restore"], Told>
  delete: Mutation<Songs["delete"], unknown>
}

interface Words<Told, Detail, Version, Said> {
  told(row: Told): Sequence
  toldDetail(row: Detail): SequenceDetail
  toldVersion(row: Version): SequenceVersion
  said(partIds: string[]): Said
}

/** The procedures of a kind in words that are those of both. */
function inCommonWords<Told, Detail extends Told, Version, Said>(
  own: Procedures<Told, Detail, Version, Said>,
  { told, toldDetail, toldVersion, said }: Words<Told, Detail, Version, Said>,
) {
  return {
    async list(asked: Songs["list"], options?: Options): Promise<Page<Sequence>> {
      const { items, nextCursor } = await own.list.query(asked, options)
      return { items: items.map(told), nextCursor }
    },
    byId: async (key: Songs["byId"], options?: Options) => toldDetail(await own.byId.query(key, options)),
    /** The only one of an id, in whichever project. */
    find: async (asked: Songs["find"], options?: Options) => told(await own.find.query(asked, options)),
    version: async (key: Songs["version"], options?: Options) => toldVersion(await own.version.query(key, options)),
    history: (asked: Songs["history"], options?: Options) => own.history.query(asked, options),
    create: async ({ partIds, ...draft }: Draft & Parts, options?: Options) =>
      told(await own.create.mutate({ ...draft, ...said(partIds) }, options)),
    /** Changes what is said of one. */
    update: async ({ partIds, ...change }: Change & Partial<Parts>, options?: Options) =>
      told(await own.update.mutate(partIds ? { ...change, ...said(partIds) } : change, options)),
    restore: async (version: Songs["restore"], options?: Options) => told(await own.restore.mutate(version, options)),
    remove: (key: Songs["delete"], options?: Options) => own.delete.mutate(key, options),
  }
}

/** The calls about songs or playlists in words that are those of both. */
export type SequenceCalls = ReturnType<typeof inCommonWords>

const ofSongs: Words<Song, SongDetail, SongVersion, { clipIds: string[] }> = {
  told: ({ clipIds: partIds, ...song }) => ({ ...song, partIds }),
  toldDetail: ({ clipIds: partIds, ...song }) => ({ ...song, partIds }),
  toldVersion: ({ clipIds: partIds, ...version }) => ({ ...version, partIds }),
  said: (clipIds) => ({ clipIds }),
}

const ofPlaylists: Words<Playlist, PlaylistDetail, PlaylistVersion, { songIds: string[] }> = {
  told: ({ songIds: partIds, ...playlist }) => ({ ...playlist, partIds }),
  toldDetail: ({ songIds: partIds, ...playlist }) => ({ ...playlist, partIds, playlists: [] }),
  toldVersion: ({ songIds: partIds, ...version }) => ({ ...version, partIds }),
  said: (songIds) => ({ songIds }),
}

export const sequenceCalls = (kind: SequenceKind, { song, playlist }: Pick<Calls, SequenceKind>): SequenceCalls =>
  kind === "song" ? inCommonWords(song, ofSongs) : inCommonWords(playlist, ofPlaylists)
