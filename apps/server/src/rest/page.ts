import type { WrittenList } from "@strudel-agent/api/cursor"
import { Cursor, PageLimit } from "@strudel-agent/api/schema/paging"
import type { FastifyReply } from "fastify"
import { z } from "zod"
import { wholeNumber } from "./query-number.ts"

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

/** Answers with JSON that is text already. */
export const sendText = (reply: FastifyReply, json: string): FastifyReply =>
  reply.type("application/json; charset=utf-8").send(json)

/** Answers with a page that the database wrote, and in the header where the next page starts. */
export function sendList(reply: FastifyReply, { list, nextCursor }: WrittenList): FastifyReply {
  if (nextCursor !== null) reply.header(cursorHeader, nextCursor)
  return sendText(reply, list)
}

/** Puts where the next page starts into the header; gives back the rows. */
export function takeRows<T>(reply: FastifyReply, page: { items: T[]; nextCursor: string | null }): T[] {
  if (page.nextCursor !== null) reply.header(cursorHeader, page.nextCursor)
  return page.items
}
