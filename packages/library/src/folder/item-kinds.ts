import { isDeepStrictEqual } from "node:util"
import { ClipCreate } from "@strudel-agent/contract/clip"
import { Metadata } from "@strudel-agent/contract/json"
import { playlistSchemas } from "@strudel-agent/contract/playlist"
import { ProjectCreate } from "@strudel-agent/contract/project"
import { songSchemas } from "@strudel-agent/contract/song"
import type { Db } from "@strudel-agent/database/client"
import { type ClipRow, findClip } from "@strudel-agent/database/queries/clip"
import { ensureProject, findProject, type ProjectRow } from "@strudel-agent/database/queries/project"
import type { SequenceRow } from "@strudel-agent/database/queries/sequence"
import { parseClip, printClip } from "@strudel-agent/project-folder/clip-file"
import type { Unlinked } from "@strudel-agent/project-folder/links/link-list"
import type { Resolve } from "@strudel-agent/project-folder/links/link-site"
import { printingPlaylist, readingPlaylist } from "@strudel-agent/project-folder/playlist-file"
import { parsingProject, printingProject } from "@strudel-agent/project-folder/project-file"
import { printingSong, readingSong } from "@strudel-agent/project-folder/song/song-file"
import type { Steps } from "@strudel-agent/project-folder/steps"
import type { Warning } from "@strudel-agent/project-folder/warning"
import type { z } from "zod"
import { createClip, reviseClip } from "../clip.ts"
import { playlists } from "../playlist.ts"
import { reviseProject } from "../project.ts"
import type { Sequences } from "../sequence.ts"
import { songs } from "../song.ts"
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
  /** Parses a new item by its schema. */
  check(item: ItemKey & State): z.ZodSafeParseResult<unknown>
  /** Reads a file, without knowing yet what its links lead to. */
  parse(source: Omit<FileSource, "resolve"> & { text: string }): Steps<Unlinked<{ state: State; warnings: Warning[] }>>
  print(source: FileSource, state: State): Steps<string>
  read(db: Db, key: ItemKey): Promise<State | undefined>
  create(tx: Db, key: ItemKey, state: State): Promise<unknown>
  /** Locks the item and writes what is made of it as it is, if anything; undefined where there is none. */
  revise(tx: Db, key: ItemKey, decide: (current: State) => Promise<State | undefined>): Promise<unknown>
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

const clipState = ({ name, code, metadata }: ClipRow): ClipState => ({ name, code, metadata: Metadata.parse(metadata) })

export const clipKind: ItemKind<ClipState> = {
  check: (clip) => ClipCreate.safeParse(clip),
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
    return clip && clipState(clip)
  },
  create: (tx, key, state) => createClip(tx, { ...key, ...state }),
  revise: (tx, key, decide) => reviseClip(tx, key, async (clip) => (await decide(clipState(clip))) ?? {}),
}

interface SequenceState {
  name: string
  body: string
  partIds: string[]
}

const sequenceState = ({ name, body, partIds }: SequenceRow): SequenceState => ({ name, body, partIds })

/** How sequences of a kind are read from the library and written to it. */
const inLibrary = ({ queries, create, revise }: Sequences) =>
  ({
    async read(db, key) {
      const sequence = await queries.find(db, key)
      return sequence && sequenceState(sequence)
    },
    create: (tx, key, state) => create(tx, { ...key, ...state }),
    revise: (tx, key, decide) => revise(tx, key, async (sequence) => (await decide(sequenceState(sequence))) ?? {}),
  }) satisfies Pick<ItemKind<SequenceState>, "read" | "create" | "revise">

export const songKind: ItemKind<SequenceState> = {
  check: ({ partIds: clipIds, ...song }) => songSchemas.Create.safeParse({ ...song, clipIds }),
  *parse({ path, text }) {
    const link = yield* readingSong({ fileName: fileNameOf(path), text })
    return (resolve) => {
      const { name, body, clipIds: partIds, warnings } = link(resolve)
      return { state: { name, body, partIds }, warnings }
    }
  },
  print: ({ path, text, resolve }, { partIds: clipIds, ...state }) =>
    printingSong({
      fileName: fileNameOf(path),
      original: text,
      ...state,
      clipIds,
      resolve,
      linkOf: (id) => ({ text: id }),
    }),
  ...inLibrary(songs),
}

export const playlistKind: ItemKind<SequenceState> = {
  check: ({ partIds: songIds, ...playlist }) => playlistSchemas.Create.safeParse({ ...playlist, songIds }),
  *parse({ path, text }) {
    const link = yield* readingPlaylist({ fileName: fileNameOf(path), text })
    return (resolve) => {
      const { name, body, songIds: partIds, warnings } = link(resolve)
      return { state: { name, body, partIds }, warnings }
    }
  },
  print: ({ path, text, resolve }, { partIds: songIds, ...state }) =>
    printingPlaylist({
      fileName: fileNameOf(path),
      original: text,
      ...state,
      songIds,
      resolve,
      linkOf: (id) => ({ text: id }),
    }),
  ...inLibrary(playlists),
}

interface ProjectState {
  name: string
  description: string
}

const projectState = ({ name, description }: ProjectRow): ProjectState => ({ name, description })

export const projectKind: ItemKind<ProjectState> = {
  check: (project) => ProjectCreate.safeParse(project),
  *parse({ projectId, text }) {
    const { name, description, warnings } = yield* parsingProject({ folderName: projectId, text })
    return () => ({ state: { name, description }, warnings })
  },
  *print({ projectId, text }, state) {
    return (yield* printingProject({ folderName: projectId, original: text, ...state })) ?? ""
  },
  async read(db, { id }) {
    const project = await findProject(db, id)
    return project && projectState(project)
  },
  async create(tx, { id }, state) {
    await ensureProject(tx, id)
    await reviseProject(tx, id, () => state)
  },
  revise: (tx, { id }, decide) => reviseProject(tx, id, (project) => decide(projectState(project))),
  isBlank: ({ id }, { name, description }) => name === id && description === "",
}
