import { itemFolders, type SequenceKind } from "@strudel-agent/contract/item"
import { limits } from "@strudel-agent/contract/limits"
import { partIdsOf, SequenceList, sequenceFields, storedFields } from "@strudel-agent/contract/sequence"
import { Slug } from "@strudel-agent/contract/text"
import { z } from "zod"
import { describeBytes, given } from "./answering/field.ts"
import { pageQuery, takeRows } from "./answering/page.ts"
import { describeList } from "./item.ts"
import { type ItemDoor, type ItemKey, itemRoutes } from "./item-routes.ts"
import type { Caller, CallerFor, RestApp } from "./rest-app.ts"

type Stored = Omit<z.output<z.ZodObject<typeof storedFields>>, "id">

/** What is told of a sequence before its parts, and behind them. */
export const headFields = {
  project_id: storedFields.projectId,
  name: storedFields.name,
  body: storedFields.body,
  metadata: storedFields.metadata,
}
export const headOf = ({ projectId, name, body, metadata }: Stored) => ({ project_id: projectId, name, body, metadata })

export const stateFields = {
  version: storedFields.version,
  created_at: storedFields.createdAt,
  updated_at: storedFields.updatedAt,
}
export const stateOf = ({ version, createdAt, updatedAt }: Stored) => ({
  version,
  created_at: createdAt,
  updated_at: updatedAt,
})

const body = given(describeBytes(sequenceFields.body, limits.bodyBytes))

/** What a body says that makes a sequence, and one that changes it. */
export const createFields = {
  project_id: Slug,
  name: sequenceFields.name,
  body,
  metadata: given(sequenceFields.metadata),
}
export const changeFields = {
  name: given(sequenceFields.name),
  body,
  metadata: given(sequenceFields.metadata).describe("Takes the place of what is stored."),
}

/** The ids of a sequence's parts in a body. */
export const givenIds = (parts: "clips" | "songs") =>
  given(partIdsOf(parts)).describe(
    `${parts === "clips" ? "Clips" : "Songs"} of the same project in order; one may stand at several places.`,
  )

const ListQuery = z
  .object({
    project_id: SequenceList.shape.projectId,
    q: SequenceList.shape.q.describe("A part of the name, in any case."),
    ...pageQuery,
  })
  .transform(({ project_id: projectId, ...query }) => ({ ...query, projectId }))

interface Listing<Item> {
  list(query: z.output<typeof ListQuery>): Promise<{ items: Item[]; nextCursor: string | null }>
}

interface SequenceDoor<Item, Create, Change> extends ItemDoor<Item, Create, Change> {
  word: SequenceKind
  procedures(caller: Caller): ReturnType<ItemDoor<Item, Create, Change>["procedures"]> & Listing<Item>
}

/** Registers what answers about songs or playlists. */
export function sequenceRoutes<Item extends ItemKey, Create, Change>(
  api: RestApp,
  callerFor: CallerFor,
  door: SequenceDoor<Item, Create, Change>,
): void {
  const { word, answer, procedures, present } = door
  api.get(
    `/${itemFolders[word]}`,
    { schema: describeList(word, { answer, query: ListQuery }) },
    async (request, reply) => takeRows(reply, await procedures(callerFor(request)).list(request.query)).map(present),
  )
  itemRoutes(api, callerFor, door)
}
