import { limits } from "@strudel-agent/contract/limits"
import { Search, SearchHit, SearchKind } from "@strudel-agent/contract/search"
import { searchKinds } from "@strudel-agent/contract/search/text"
import { z } from "zod"
import { readRefusals } from "./answering/answer.ts"
import { listOf, pageQuery, takeRows } from "./answering/page.ts"
import { queryList } from "./answering/query-list.ts"
import type { CallerFor, RestApp } from "./rest-app.ts"

const RestHit = z
  .object({
    kind: SearchHit.shape.kind,
    id: SearchHit.shape.id.describe("What it is known by within its kind; of a message <session_id>/<message_index>."),
    project_id: SearchHit.shape.projectId,
    session_id: SearchHit.shape.sessionId,
    message_index: SearchHit.shape.messageIndex,
    title: SearchHit.shape.title.describe("Its name; of a message, that of its session."),
    note: SearchHit.shape.note.describe("Where it belongs, in a few words."),
    snippet: z.string().describe("Its text around the first hit, else its beginning."),
    snippet_parts: SearchHit.shape.snippet.describe("The snippet in pieces, each told whether it is a hit."),
    line: SearchHit.shape.line.describe("The line of a clip's code that was hit, from 1."),
    rank: SearchHit.shape.rank.describe("The higher, the better."),
    at: SearchHit.shape.at.describe("When it was last changed or said."),
  })
  .meta({ id: "Hit", description: "Something that was found." })

const present = ({ projectId, sessionId, messageIndex, snippet, ...hit }: SearchHit): z.infer<typeof RestHit> => ({
  ...hit,
  snippet: snippet.map(({ text }) => text).join(""),
  snippet_parts: snippet,
  project_id: projectId,
  session_id: sessionId,
  message_index: messageIndex,
})

const moreHeader = "x-more-kinds"
const hits = listOf(RestHit)
const RestHits = hits.meta({
  ...hits.meta(),
  headers: {
    ...z.record(z.string(), z.unknown()).optional().parse(hits.meta()?.headers),
    [moreHeader]: {
      type: "string",
      description:
        "On the first page, the kinds of which more were found than are ranked; messages, and filters without words, page through all.",
    },
  },
})

const Query = z
  .object({
    q: Search.shape.q
      .default("")
      .describe(
        'Nothing is found without it. Words, "quoted phrases", and filters: kind:clip in:house tag:acid bpm:120..130 plays:no agent:strudel status:active.',
      ),
    kind: queryList(SearchKind).optional().describe("The kinds to find, with commas between; all unless told."),
    project_id: Search.shape.projectId,
    ...pageQuery,
  })
  .transform(({ kind: kinds, project_id: projectId, ...query }) => ({ ...query, kinds, projectId }))

/** Registers what /search answers. */
export function searchRoutes(api: RestApp, callerFor: CallerFor): void {
  api.get(
    "/search",
    {
      schema: {
        operationId: "search",
        summary: "Find messages, clips, songs, playlists, sessions and projects, the best first",
        description: `Names may be mistyped; code is found as it is written, from three characters on. At most ${limits.search} characters.`,
        tags: ["search"],
        querystring: Query,
        response: { 200: RestHits, ...readRefusals() },
      },
      config: { fieldNames: { kinds: "kind" } },
    },
    async (request, reply) => {
      const page = await callerFor(request).search.query(request.query)
      const kinds = searchKinds.filter((kind) => kind !== "message" && page.counts?.[kind]?.more)
      if (kinds.length > 0) reply.header(moreHeader, kinds.join(","))
      return takeRows(reply, page).map(present)
    },
  )
}
