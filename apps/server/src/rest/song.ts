import { storedIds } from "@strudel-agent/contract/sequence"
import type { Song } from "@strudel-agent/contract/song"
import { Slug } from "@strudel-agent/contract/text"
import { z } from "zod"
import type { CallerFor, RestApp } from "./rest-app.ts"
import {
  changeFields,
  createFields,
  givenIds,
  headFields,
  headOf,
  sequenceRoutes,
  stateFields,
  stateOf,
} from "./sequence.ts"

const RestSong = z
  .object({ song_id: Slug, ...headFields, clip_ids: storedIds, ...stateFields })
  .meta({ id: "Song", description: "Clips of a project in an order." })

const present = ({ id, clipIds, ...song }: Song): z.infer<typeof RestSong> => ({
  song_id: id,
  ...headOf(song),
  clip_ids: clipIds,
  ...stateOf(song),
})

const CreateBody = z
  .object({ song_id: Slug, ...createFields, clip_ids: givenIds("clips") })
  .transform(({ song_id: id, project_id: projectId, clip_ids: clipIds, ...fields }) => ({
    ...fields,
    ...{ id, projectId, clipIds },
  }))

const ChangeBody = z
  .object({ ...changeFields, clip_ids: givenIds("clips") })
  .transform(({ clip_ids: clipIds, ...fields }) => ({ ...fields, clipIds }))

/** Registers what /songs answers. */
export const songRoutes = (api: RestApp, callerFor: CallerFor): void =>
  sequenceRoutes(api, callerFor, {
    word: "song",
    answer: RestSong,
    create: CreateBody,
    change: ChangeBody,
    idPath: z.object({ song_id: Slug }).transform(({ song_id: id }) => ({ id })),
    keyPath: z
      .object({ project_id: Slug, song_id: Slug })
      .transform(({ project_id: projectId, song_id: id }) => ({ projectId, id })),
    procedures: ({ song }) => song,
    present,
  })
