import type { Reason } from "@strudel-agent/api/schema/reason"
import { Slug } from "@strudel-agent/api/schema/text"
import { z } from "zod"
import { answerOf, Deleted, readRefusals, writeRefusals } from "./answer.ts"
import { listOf } from "./page.ts"

const OwnerQuery = z
  .object({ project_id: Slug.optional().describe("The owner; needed where several projects own the id.") })
  .transform(({ project_id: projectId }) => ({ projectId }))

/** Describes the routes that clips, songs and playlists have in common; "found" ones take an id without a project. */
export function describeItem<
  Answer extends z.ZodType,
  Query extends z.ZodType,
  Create extends z.ZodType,
  Change extends z.ZodType,
  Id extends z.ZodType,
  Key extends z.ZodType,
>(kind: {
  word: "clip" | "song" | "playlist"
  missing: Reason
  exists: Reason
  /** What keeps one from being deleted. */
  inUse: Reason[]
  answer: Answer
  query: Query
  create: Create
  change: Change
  /** The path of an item that is named by its id alone. */
  idPath: Id
  /** The path of an item that is named by its project and id. */
  keyPath: Key
}) {
  const { word, missing, exists, inUse, answer } = kind
  const title = `${word.charAt(0).toUpperCase()}${word.slice(1)}`
  const tags = [`${word}s`]
  return {
    list: {
      operationId: `list${title}s`,
      summary: `List ${word}s, the last changed first`,
      tags,
      querystring: kind.query,
      response: { 200: listOf(answer), ...readRefusals() },
    },
    create: {
      operationId: `create${title}`,
      summary: `Create a ${word}; a project that is not there is created with its id as name`,
      tags,
      body: kind.create,
      response: { 201: answerOf(answer), ...writeRefusals(exists) },
    },
    find: {
      operationId: `find${title}`,
      summary: `Read the one ${word} of an id`,
      tags,
      params: kind.idPath,
      querystring: OwnerQuery,
      response: { 200: answerOf(answer), ...readRefusals(missing, "AMBIGUOUS_ID") },
    },
    updateFound: {
      operationId: `updateFound${title}`,
      summary: `Change the fields that are sent of the one ${word} of an id`,
      tags,
      params: kind.idPath,
      querystring: OwnerQuery,
      body: kind.change,
      response: { 200: answerOf(answer), ...writeRefusals(missing, "AMBIGUOUS_ID") },
    },
    deleteFound: {
      operationId: `deleteFound${title}`,
      summary: `Delete the one ${word} of an id`,
      tags,
      params: kind.idPath,
      querystring: OwnerQuery,
      response: { 204: Deleted, ...writeRefusals(missing, "AMBIGUOUS_ID", ...inUse) },
    },
    get: {
      operationId: `get${title}`,
      summary: `Read a ${word} of a project`,
      tags,
      params: kind.keyPath,
      response: { 200: answerOf(answer), ...readRefusals(missing) },
    },
    update: {
      operationId: `update${title}`,
      summary: `Change the fields that are sent of a ${word} of a project`,
      tags,
      params: kind.keyPath,
      body: kind.change,
      response: { 200: answerOf(answer), ...writeRefusals(missing) },
    },
    delete: {
      operationId: `delete${title}`,
      summary: `Delete a ${word} of a project`,
      tags,
      params: kind.keyPath,
      response: { 204: Deleted, ...writeRefusals(missing, ...inUse) },
    },
  }
}

interface OwnedItem {
  id: string
  projectId?: string | undefined
}

/** Says which project's item is meant: the one that is named, else that of the only one there is. */
export async function ownedKey(item: OwnedItem, find: (item: OwnedItem) => Promise<{ projectId: string }>) {
  return { id: item.id, projectId: item.projectId ?? (await find(item)).projectId }
}
