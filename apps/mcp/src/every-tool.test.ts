import type { Client } from "@modelcontextprotocol/client"
import { allTools } from "@strudel-agent/tools/all-tools"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import {
  buildProgram,
  connectHttp,
  connectStdio,
  fieldOf,
  type Revision,
  revisions,
  type Server,
  startServer,
  textOf,
} from "./testing/front.ts"

let server: Server
const built = buildProgram()
beforeAll(async () => {
  server = await startServer()
})
afterAll(async () => {
  await server.close()
  built.remove()
})

const ways = revisions.flatMap((revision) => [
  { way: "HTTP", revision },
  { way: "stdio", revision },
])

const connect = (way: string, revision: Revision): Promise<Client> =>
  way === "HTTP" ? connectHttp(server, { revision }) : connectStdio(server, { program: built.program, revision })

/** A call of every tool that has to succeed, in an order in which it can; later ones use what earlier ones answered. */
function callsIn(project: string) {
  const clip = `strudel://clip/${project}/kick`
  return [
    ["begin_session", () => ({ name: "Walk", project })],
    [
      "append_messages",
      (session: string) => ({ session_id: session, messages: [{ role: "user", content: "A kick." }] }),
    ],
    ["check_code", () => ({ code: 's("bd*4")' })],
    ["reference", () => ({ query: "sidechain" })],
    [
      "save_clip",
      (session: string) => ({
        project,
        id: "kick",
        code: 's("bd*4")',
        tags: ["drums"],
        session_id: session,
        message_index: 0,
      }),
    ],
    ["listen", () => ({ uri: clip })],
    ["read", () => ({ uri: clip })],
    ["search", () => ({ query: "kick", project })],
    ["list", () => ({ kind: "clip", project })],
    ["rename_or_tag", () => ({ uri: clip, name: "Kick", add_tags: ["house"] })],
    ["compare_versions", () => ({ uri: clip })],
    ["restore_version", () => ({ uri: clip, version: 1 })],
    ["arrange_song", () => ({ project, id: "walk", sections: [{ name: "Intro", bars: 4, clips: ["kick"] }] })],
    ["arrange_playlist", () => ({ project, id: "night", songs: ["walk"] })],
    ["export", () => ({ uri: `strudel://song/${project}/walk`, format: "midi" })],
    ["delete", () => ({ uri: `strudel://playlist/${project}/night`, confirm: true })],
  ] as const
}

describe.each(ways)("the official client of revision $revision over $way", ({ way, revision }) => {
  it("lists every tool with its hints and calls each of them", async () => {
    const client = await connect(way, revision)
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name)).toEqual(allTools.map(({ name }) => name))
    for (const { annotations, outputSchema, title } of tools) {
      expect(title).toBeTruthy()
      expect(outputSchema).toBeDefined()
      const hints = [
        annotations?.readOnlyHint,
        annotations?.destructiveHint,
        annotations?.idempotentHint,
        annotations?.openWorldHint,
      ]
      expect(hints.every((hint) => typeof hint === "boolean")).toBe(true)
    }
    const calls = callsIn(`walk-${way.toLowerCase()}-${revision}`)
    expect(calls.map(([name]) => name).toSorted()).toEqual(allTools.map(({ name }) => name).toSorted())
    let session = ""
    for (const [name, input] of calls) {
      const result = await client.callTool({ name, arguments: input(session) })
      expect({ name, isError: result.isError ?? false, text: textOf(result) }).toMatchObject({ isError: false })
      expect(result.structuredContent).toBeDefined()
      if (name === "begin_session") session = String(fieldOf(result, "session_id"))
    }
    await client.close()
  })
})
