import type { Reason } from "@strudel-agent/contract/reason"
import { ReferenceFound, ReferenceName, ReferenceSearch } from "@strudel-agent/contract/reference"
import { Entry } from "@strudel-agent/reference/entry"
import { z } from "zod"
import { answerOf, readRefusals } from "./answering/answer.ts"
import { ReadHeaders } from "./answering/condition.ts"
import { pageTag, sendText } from "./answering/page.ts"
import { wholeNumber } from "./answering/query-number.ts"
import { NotModified } from "./answering/tagged-answer.ts"
import type { CallerFor, RestApp } from "./rest-app.ts"

const RestEntry = Entry.extend({
  name: Entry.shape.name,
  topic: Entry.shape.topic.describe('What it is about, such as "filters".'),
  signature: Entry.shape.signature.describe("How it is written, with its parameters by name."),
  takes: Entry.shape.takes.describe("Its parameters with what each may be."),
  does: Entry.shape.does.describe("What it does, in one sentence."),
  example: Entry.shape.example.describe("Code that plays."),
  purposes: Entry.shape.purposes.describe("Words and phrases that people look for it with."),
}).meta({
  id: "ReferenceEntry",
  description: "A function, control, signal, sign, sound, drum machine, scale or chord of the language.",
})

const RestFound = z
  .object({
    items: z.array(RestEntry).describe("The most fitting first."),
    exact: ReferenceFound.shape.exact.describe("Whether one of them, or an alias of it, is called exactly so."),
    nearest: ReferenceFound.shape.nearest.describe("Where nothing is called so: names that are nearly so."),
  })
  .meta({ id: "ReferenceFound", description: "What the language of this build has." })

const { q, limit } = ReferenceSearch.shape

const Query = z.object({
  q: q.describe("A name, or what something is to do; all there is where it is empty."),
  kind: ReferenceSearch.shape.kind.describe("Of this kind alone."),
  limit: wholeNumber(limit.unwrap()).optional().describe(`Entries at most; ${limit.def.defaultValue} unless told.`),
})

const EntryQuery = z.object({
  kind: ReferenceName.shape.kind.describe("Where things of several kinds are called so; the first unless told."),
})

/** Describes an answer to a reader who may have it already. */
const taggedOnce = (schema: z.ZodType, ...refusals: Reason[]) => ({
  200: { ...answerOf(schema), headers: pageTag },
  304: NotModified,
  ...readRefusals(...refusals),
})

/** Registers what /reference answers. */
export function referenceRoutes(api: RestApp, callerFor: CallerFor): void {
  api.get(
    "/reference",
    {
      schema: {
        operationId: "searchReference",
        summary: "Find functions, sounds, scales and chords of the language by name or by what they do",
        description: "It is that of the Strudel that this server plays, and changes only with it.",
        tags: ["reference"],
        headers: ReadHeaders,
        querystring: Query,
        response: taggedOnce(RestFound),
      },
    },
    async (request, reply) => {
      const found = await callerFor(request).reference.search(request.query)
      return sendText(reply, found, JSON.stringify(found))
    },
  )

  api.get(
    "/reference/:name",
    {
      schema: {
        operationId: "getReferenceEntry",
        summary: "Get what is called so, by its name or an alias",
        description: "Where nothing is called so, `names` of the error are those that are nearly so.",
        tags: ["reference"],
        headers: ReadHeaders,
        params: ReferenceName.pick({ name: true }),
        querystring: EntryQuery,
        response: taggedOnce(RestEntry, "REFERENCE_NOT_FOUND"),
      },
    },
    async (request, reply) => {
      const entry = await callerFor(request).reference.byName({ ...request.params, ...request.query })
      return sendText(reply, entry, JSON.stringify(entry))
    },
  )
}
