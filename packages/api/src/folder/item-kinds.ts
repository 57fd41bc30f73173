import { isDeepStrictEqual } from "node:util"
import { ClipCreate } from "@strudel-agent/contract/clip"
import { Metadata } from "@strudel-agent/contract/json"
import { PlaylistCreate } from "@strudel-agent/contract/playlist"
import { ProjectCreate } from "@strudel-agent/contract/project"
import { SongCreate } from "@strudel-agent/contract/song"
import type { Db } from "@strudel-agent/database/client"
import { findClip, lockClip } from "@strudel-agent/database/queries/clip"
import { createClip, reviseClip } from "@strudel-agent/database/queries/clip-version"
import { findPlaylist, lockPlaylist } from "@strudel-agent/database/queries/playlist"
import { createPlaylist, revisePlaylist } from "@strudel-agent/database/queries/playlist-version"
import { ensureProject, findProject, lockProject, updateProject } from "@strudel-agent/database/queries/project"
import { momentAfter } from "@strudel-agent/database/queries/revision"
import { findSong, lockSong } from "@strudel-agent/database/queries/song"
import { createSong, reviseSong } from "@strudel-agent/database/queries/song-version"
import { parseClip, printClip } from "@strudel-agent/project-folder/clip-file"
import type { Said } from "@strudel-agent/project-folder/link-list"
import type { Resolve } from "@strudel-agent/project-folder/link-site"
import { printingPlaylist, readingPlaylist } from "@strudel-agent/project-folder/playlist-file"
import { parsingProject, printingProject } from "@strudel-agent/project-folder/project-file"
import { printingSong, readingSong } from "@strudel-agent/project-folder/song-file"
import type { Steps } from "@strudel-agent/project-folder/steps"
import type { Warning } from "@strudel-agent/project-folder/warning"
import type { z } from "zod"
import { fileNameOf } from "./file-text.ts"

export interface ItemKey {
  projectId: string
  id: string
}

export interface FileSource {
  projectId: string
  path: string
  /** The file's text; undefined for an item that came from no file. */
  text: string | undefined
  resolve: Resolve
}

/** What a file of one kind says, and how that is read from and written to a file and the library. */
export interface ItemKind<State> {
  /** The schema that a new item has to pass. */
  schema: z.ZodType
  /** Reads a file, without knowing yet what its links lead to. */
  parse(source: Omit<FileSource, "resolve"> & { text: string }): Steps<Said<{ state: State; warnings: Warning[] }>>
  print(source: FileSource, state: State): Steps<string>
  read(db: Db, key: ItemKey): Promise<State | undefined>
  /** Lets nobody else change the item until the transaction ends. */
  lock(tx: Db, key: ItemKey): Promise<unknown>
  create(tx: Db, key: ItemKey, state: State): Promise<unknown>
  update(tx: Db, key: ItemKey, state: State): Promise<unknown>
  /** Whether the library made the item by itself, so that a file may fill it in. */
  isBlank?(key: ItemKey, state: State): boolean
}

/** Whether two states say the same once they are stored: a number -0 comes back as 0. */
export const sameState = (one: unknown, other: unknown): boolean => isDeepStrictEqual(stored(one), stored(other))

const stored = (state: unknown): unknown => JSON.parse(JSON.stringify(state))

interface ClipState {
  name: string
  code: string
  metadata: z.infer<typeof Metadata>
}

export const clipKind: ItemKind<ClipState> = {
  schema: ClipCreate,
  *parse({ path, text }) {
    const { name, code, metadata, warnings } = parseClip({ fileName: fileNameOf(path), text })
    return () => ({ state: { name, code, metadata }, warnings })
  },
  // biome-ignore lint/correctness/useYield: A clip is printed in one step.
  *print({ path, text }, state) {
    return printClip({ fileName: fileNameOf(path), original: text, ...state })
  },
  async read(db, key) {
    const clip = await findClip(db, key)
    return clip ? { name: clip.name, code: clip.code, metadata: Metadata.parse(clip.metadata) } : undefined
  },
  create: (tx, key, state) => createClip(tx, { ...key, ...state }),
  update: (tx, key, state) => reviseClip(tx, { key, change: state }),
  lock: lockClip,
}

interface SongState {
  name: string
  body: string
  clipIds: string[]
}

export const songKind: ItemKind<SongState> = {
  schema: SongCreate,
  *parse({ path, text }) {
    const said = yield* readingSong({ fileName: fileNameOf(path), text })
    return (resolve) => {
      const { name, body, clipIds, warnings } = said(resolve)
      return { state: { name, body, clipIds }, warnings }
    }
  },
  print: ({ path, text, resolve }, state) =>
    printingSong({ fileName: fileNameOf(path), original: text, ...state, resolve, linkOf: (id) => ({ text: id }) }),
  async read(db, key) {
    const song = await findSong(db, key)
    return song ? { name: song.name, body: song.body, clipIds: song.clipIds } : undefined
  },
  create: (tx, key, state) => createSong(tx, { ...key, ...state }),
  update: (tx, key, state) => reviseSong(tx, key, () => state),
  lock: lockSong,
}

interface PlaylistState {
  name: string
  body: string
  songIds: string[]
}

export const playlistKind: ItemKind<PlaylistState> = {
  schema: PlaylistCreate,
  *parse({ path, text }) {
    const said = yield* readingPlaylist({ fileName: fileNameOf(path), text })
    return (resolve) => {
      const { name, body, songIds, warnings } = said(resolve)
      return { state: { name, body, songIds }, warnings }
    }
  },
  print: ({ path, text, resolve }, state) =>
    printingPlaylist({ fileName: fileNameOf(path), original: text, ...state, resolve, linkOf: (id) => ({ text: id }) }),
  async read(db, key) {
    const playlist = await findPlaylist(db, key)
    return playlist ? { name: playlist.name, body: playlist.body, songIds: playlist.songIds } : undefined
  },
  create: (tx, key, state) => createPlaylist(tx, { ...key, ...state }),
  update: (tx, key, state) => revisePlaylist(tx, key, () => state),
  lock: lockPlaylist,
}

interface ProjectState {
  name: string
  description: string
}

export const projectKind: ItemKind<ProjectState> = {
  schema: ProjectCreate,
  *parse({ projectId, text }) {
    const { name, description, warnings } = yield* parsingProject({ folderName: projectId, text })
    return () => ({ state: { name, description }, warnings })
  },
  *print({ projectId, text }, state) {
    return (yield* printingProject({ folderName: projectId, original: text, ...state })) ?? ""
  },
  async read(db, { id }) {
    const project = await findProject(db, id)
    return project ? { name: project.name, description: project.description } : undefined
  },
  async create(tx, { id }, state) {
    await ensureProject(tx, id)
    await updateProject(tx, id, state)
  },
  async update(tx, { id }, state) {
    const former = await lockProject(tx, id)
    if (former) await updateProject(tx, id, { ...state, updatedAt: momentAfter(former) })
  },
  lock: (tx, { id }) => lockProject(tx, id),
  isBlank: ({ id }, { name, description }) => name === id && description === "",
}
