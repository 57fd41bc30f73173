import { type ItemKind, itemFolders } from "@strudel-agent/contract/item"
import { itemReasons } from "@strudel-agent/contract/item-reason"
import { Slug } from "@strudel-agent/contract/text"
import { z } from "zod"
import { Deleted, readRefusals, writeRefusals } from "./answering/answer.ts"
import { ReadHeaders, WriteHeaders } from "./answering/condition.ts"
import { listOf } from "./answering/page.ts"
import { NotModified, preconditionRefusal, taggedAnswerOf } from "./answering/tagged-answer.ts"

const OwnerQuery = z
  .object({ project_id: Slug.optional().describe("The owner; needed where several projects own the id.") })
  .transform(({ project_id: projectId }) => ({ projectId }))

const titled = (word: string) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`

/** Describes the route that lists clips, songs or playlists. */
export function describeList<Answer extends z.ZodType, Query extends z.ZodType>(
  word: ItemKind,
  { answer, query }: { answer: Answer; query: Query },
) {
  const many = itemFolders[word]
  return {
    operationId: `list${titled(many)}`,
    summary: `List ${many}, the last changed first`,
    tags: [many],
    querystring: query,
    response: { 200: listOf(answer), ...readRefusals() },
  }
}

/**
 * Describes the routes about one item that clips, songs and playlists have in common; "found" ones take an id without a
 * project.
 */
export function describeItem<
  Answer extends z.ZodType,
  Create extends z.ZodType,
  Change extends z.ZodType,
  Id extends z.ZodType,
  Key extends z.ZodType,
>(kind: {
  word: ItemKind
  answer: Answer
  create: Create
  change: Change
  /** The path of an item that is named by its id alone. */
  idPath: Id
  /** The path of an item that is named by its project and id. */
  keyPath: Key
}) {
  const { word, answer } = kind
  const { missing, exists, changed, ...others } = itemReasons[word]
  const inUse = "inUse" in others ? [others.inUse] : []
  const title = titled(word)
  const tags = [itemFolders[word]]
  return {
    create: {
      operationId: `create${title}`,
      summary: `Create a ${word}; a project that is not there is created with its id as name`,
      tags,
      body: kind.create,
      response: { 201: taggedAnswerOf(answer), ...writeRefusals(exists) },
    },
    find: {
      operationId: `find${title}`,
      summary: `Read the one ${word} of an id`,
      tags,
      params: kind.idPath,
      querystring: OwnerQuery,
      headers: ReadHeaders,
      response: { 200: taggedAnswerOf(answer), 304: NotModified, ...readRefusals(missing, "AMBIGUOUS_ID") },
    },
    updateFound: {
      operationId: `updateFound${title}`,
      summary: `Change the fields that are sent of the one ${word} of an id`,
      tags,
      params: kind.idPath,
      querystring: OwnerQuery,
      headers: WriteHeaders,
      body: kind.change,
      response: {
        200: taggedAnswerOf(answer),
        ...writeRefusals(missing, "AMBIGUOUS_ID"),
        ...preconditionRefusal(answer, changed),
      },
    },
    deleteFound: {
      operationId: `deleteFound${title}`,
      summary: `Delete the one ${word} of an id`,
      tags,
      params: kind.idPath,
      querystring: OwnerQuery,
      headers: WriteHeaders,
      response: {
        204: Deleted,
        ...writeRefusals(missing, "AMBIGUOUS_ID", ...inUse),
        ...preconditionRefusal(answer, changed),
      },
    },
    get: {
      operationId: `get${title}`,
      summary: `Read a ${word} of a project`,
      tags,
      params: kind.keyPath,
      headers: ReadHeaders,
      response: { 200: taggedAnswerOf(answer), 304: NotModified, ...readRefusals(missing) },
    },
    update: {
      operationId: `update${title}`,
      summary: `Change the fields that are sent of a ${word} of a project`,
      tags,
      params: kind.keyPath,
      headers: WriteHeaders,
      body: kind.change,
      response: {
        200: taggedAnswerOf(answer),
        ...writeRefusals(missing),
        ...preconditionRefusal(answer, changed),
      },
    },
    delete: {
      operationId: `delete${title}`,
      summary: `Delete a ${word} of a project`,
      tags,
      params: kind.keyPath,
      headers: WriteHeaders,
      response: { 204: Deleted, ...writeRefusals(missing, ...inUse), ...preconditionRefusal(answer, changed) },
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
