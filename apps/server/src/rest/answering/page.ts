import { hash } from "node:crypto"
import type { WrittenList } from "@strudel-agent/api/cursor"
import { Cursor, PageLimit } from "@strudel-agent/contract/paging"
import type { FastifyReply } from "fastify"
import { z } from "zod"
import { readTags } from "./entity-tag.ts"
import { wholeNumber } from "./query-number.ts"
import { NotModified } from "./tagged-answer.ts"

const cursorHeader = "x-next-cursor"

/** How many rows a page holds, as a query says it. */
export const pageSize = wholeNumber(PageLimit.unwrap())
  .optional()
  .describe(`Rows of the page; ${PageLimit.def.defaultValue} unless told.`)

/** The query parameters of every list. */
export const pageQuery = {
  limit: pageSize,
  cursor: Cursor.optional().describe(`The header ${cursorHeader} of the page before.`),
}

/** A list's answer: the bare rows, and in a header where the next page starts. */
export const listOf = <T extends z.ZodType>(row: T) =>
  z.array(row).meta({
    description: "A page of the list.",
    headers: {
      [cursorHeader]: { type: "string", description: "Where the next page starts; absent after the last." },
    },
  })

const tags = new WeakMap<object, string>()

/** The entity tag of a page, which may be that of several answers. */
function tagOf(page: object, json: string): string {
  const known = tags.get(page)
  if (known !== undefined) return known
  const tag = `"${hash("sha1", json, "base64url")}"`
  tags.set(page, tag)
  return tag
}

/**
 * Answers with the JSON text of a page, or that the asker has it. Its tag is weak: with another compression it is the
 * same page.
 */
export function sendText(reply: FastifyReply, page: object, json: string): FastifyReply {
  const tag = tagOf(page, json)
  const known = readTags("if-none-match", reply.request.headers["if-none-match"])
  reply.header("etag", `W/${tag}`).header("cache-control", "private, no-cache")
  if (known === "any" || known?.some((each) => each.tag === tag)) return reply.code(304).send()
  return reply.type("application/json; charset=utf-8").send(json)
}

/** Answers with a page that the database wrote, and in the header where the next page starts. */
export function sendList(reply: FastifyReply, page: WrittenList): FastifyReply {
  if (page.nextCursor !== null) reply.header(cursorHeader, page.nextCursor)
  return sendText(reply, page, page.list)
}

/** How the answer with a page is headed that a reader may have already. */
export const pageTag = { etag: { type: "string", description: "Stands for this page: If-None-Match takes it." } }

/** Describes what answers a reader who may have the page already. */
export const taggedListOf = <T extends z.ZodType>(row: T) => {
  const rows = listOf(row)
  const { headers } = rows.meta() ?? {}
  return { 200: rows.meta({ ...rows.meta(), headers: { ...(headers ?? {}), ...pageTag } }), 304: NotModified }
}

/** Puts where the next page starts into the header; gives back the rows. */
export function takeRows<T>(reply: FastifyReply, page: { items: T[]; nextCursor: string | null }): T[] {
  if (page.nextCursor !== null) reply.header(cursorHeader, page.nextCursor)
  return page.items
}
