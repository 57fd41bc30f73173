import type { Client, Outputs } from "@strudel-agent/client/client"
import type { JsonValue } from "@strudel-agent/contract/json"
import { type ItemKey, itemNameOf } from "./item-name.ts"

/** A song or a playlist: a text, and its parts in an order. */
export interface Sequence extends ItemKey {
  name: string
  body: string
  parts: string[]
  metadata: Record<string, unknown>
  version: number
  updatedAt: string
}

interface Draft extends ItemKey {
  name: string
  body: string
  parts: string[]
  metadata: Record<string, JsonValue>
}

interface Change extends ItemKey {
  name?: string
  body?: string
  parts?: string[]
  expectedVersion?: number
}

interface PageAsked {
  limit: number
  cursor: string | null | undefined
}

interface ListAsked extends PageAsked {
  projectId: string | undefined
  q: string | undefined
}

type Songs = Outputs["song"]["history"]["items"][number]
type Playlists = Outputs["playlist"]["history"]["items"][number]

/** What songs and playlists have in common for the command line. */
export interface Sequences {
  kind: "song" | "playlist"
  /** What its parts are called. */
  parts: "clips" | "songs"
  list(client: Client, asked: ListAsked): Promise<{ items: Sequence[]; nextCursor: string | null }>
  find(client: Client, name: string): Promise<Sequence>
  create(client: Client, draft: Draft): Promise<Sequence>
  update(client: Client, change: Change): Promise<Sequence>
  history(
    client: Client,
    asked: ItemKey & PageAsked,
  ): Promise<{ items: (Songs | Playlists)[]; nextCursor: string | null }>
  restore(client: Client, version: ItemKey & { version: number; leaveOutMissing: boolean }): Promise<Sequence>
  remove(client: Client, key: ItemKey & { expectedVersion: number }): Promise<unknown>
}

const ofSong = ({ clipIds, ...song }: Outputs["song"]["update"]): Sequence => ({ ...song, parts: clipIds })
const ofPlaylist = ({ songIds, ...playlist }: Outputs["playlist"]["update"]): Sequence => ({
  ...playlist,
  parts: songIds,
})

export const songs: Sequences = {
  kind: "song",
  parts: "clips",
  async list(client, asked) {
    const { items, nextCursor } = await client.song.list.query(asked)
    return { items: items.map(ofSong), nextCursor }
  },
  find: async (client, name) => ofSong(await client.song.find.query(itemNameOf("song", name))),
  create: async (client, { parts, ...song }) => ofSong(await client.song.create.mutate({ ...song, clipIds: parts })),
  update: async (client, { parts, ...song }) =>
    ofSong(await client.song.update.mutate({ ...song, ...(parts === undefined ? {} : { clipIds: parts }) })),
  history: (client, asked) => client.song.history.query(asked),
  restore: async (client, version) => ofSong(await client.song.restore.mutate(version)),
  remove: (client, key) => client.song.delete.mutate(key),
}

export const playlists: Sequences = {
  kind: "playlist",
  parts: "songs",
  async list(client, asked) {
    const { items, nextCursor } = await client.playlist.list.query(asked)
    return { items: items.map(ofPlaylist), nextCursor }
  },
  find: async (client, name) => ofPlaylist(await client.playlist.find.query(itemNameOf("playlist", name))),
  create: async (client, { parts, ...playlist }) =>
    ofPlaylist(await client.playlist.create.mutate({ ...playlist, songIds: parts })),
  update: async (client, { parts, ...playlist }) =>
    ofPlaylist(
      await client.playlist.update.mutate({ ...playlist, ...(parts === undefined ? {} : { songIds: parts }) }),
    ),
  history: (client, asked) => client.playlist.history.query(asked),
  restore: async (client, version) => ofPlaylist(await client.playlist.restore.mutate(version)),
  remove: (client, key) => client.playlist.delete.mutate(key),
}
