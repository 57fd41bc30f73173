import type { Client } from "@modelcontextprotocol/client"
import { allTools } from "@strudel-agent/tools/all-tools"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { connectHttp, type Server, startServer, textOf } from "./testing/front.ts"

let server: Server
let client: Client
beforeAll(async () => {
  server = await startServer()
  client = await connectHttp(server)
  await server.client.clip.create.mutate({ projectId: "p", id: "c", name: "C", code: 's("bd")' })
})
afterAll(async () => {
  await client.close()
  await server.close()
})

const noSession = "00000000-0000-4000-8000-000000000000"

/** Wrong input of each tool, and what its advice has to say. */
const wrong: [name: string, input: Record<string, unknown>, advice: RegExp][] = [
  ["search", { query: "x".repeat(201) }, /query: at most 200 characters, not 201/],
  ["search", { querry: "kick" }, /no "querry": did you mean "query"/],
  ["search", { query: "kick", limit: 900 }, /limit: at most 50/],
  ["search", { query: "kick", cursor: "nonsense" }, /cursor/],
  ["list", { kind: "clips" }, /kind: .*"clip"/],
  ["list", {}, /kind/],
  ["read", { uri: "kick" }, /uri: "kick" names nothing.*strudel:\/\/clip\/\{project\}\/\{id\}/],
  ["read", { uri: "strudel://clip/p/none" }, /no such clip.*search/],
  ["read", { uri: `strudel://session/${noSession}` }, /no session of this id.*begin_session/],
  ["read", { uri: "strudel://session/x" }, /id/],
  ["save_clip", { project: "p", id: "new" }, /code: .*new clip needs its code/],
  ["save_clip", { project: "no spaces!", id: "a", code: "silence" }, /project: /],
  ["save_clip", { project: "p", id: "a", code: "x".repeat(300_000) }, /code: .*262,144/],
  [
    "save_clip",
    { project: "p", id: "a", code: 's("bd").wobbel()' },
    /line 1: `wobbel` is not a function here: did you mean `\w+`\? Instead: /,
  ],
  ["save_clip", { project: "p", id: "a", code: 's("bd"' }, /does not play.*line 1/s],
  ["save_clip", { project: "p", id: "a", code: 's("bd")', session_id: noSession, message_index: 3 }, /session/i],
  ["check_code", { code: 5 }, /code: /],
  ["check_code", { code: "s('bd')", cycles: 100 }, /cycles: at most 64/],
  ["reference", {}, /query/],
  ["listen", { uri: "strudel://project/p" }, /only clips and songs are measured/],
  ["listen", { uri: "strudel://song/p/s/2" }, /leave out the version, strudel:\/\/song\/p\/s\./],
  ["search", { like: "strudel://clip/p/c", project: "p", sort: "loudness" }, /like: .*leave out project, sort\./],
  ["listen", { uri: "strudel://clip/p/none" }, /no such clip/],
  ["compare_versions", { uri: "strudel://clip/p/c", from: 9 }, /no such version.*detail: true/],
  ["compare_versions", { uri: "strudel://project/p" }, /takes a clip, a song or a playlist/],
  ["restore_version", { uri: "strudel://clip/p/c", version: 7 }, /no such version/],
  ["restore_version", { uri: "strudel://clip/p/c", version: 0 }, /version: at least 1/],
  [
    "arrange_song",
    { project: "p", id: "s", sections: [{ name: "A", bars: 4, clips: ["nope"] }] },
    /no clips nope.*save_clip/,
  ],
  ["arrange_song", { project: "p", id: "s", sections: [] }, /sections: at least 1/],
  [
    "arrange_song",
    { project: "p", id: "s", sections: [{ name: "A", bars: 1000, clips: ["c"] }] },
    /sections\.0\.bars: at most 999/,
  ],
  ["arrange_playlist", { project: "p", id: "l", songs: ["nope"] }, /no songs nope.*arrange_song/],
  ["begin_session", { name: "" }, /name: must not be empty/],
  ["begin_session", { name: "A", about: "kick" }, /names nothing/],
  ["append_messages", { session_id: noSession, messages: [{ role: "user", content: "a" }] }, /begin_session/],
  [
    "append_messages",
    { session_id: "1", messages: [{ role: "bot", content: "a" }] },
    /session_id: .*messages\.0\.role: /,
  ],
  ["rename_or_tag", { uri: "strudel://clip/p/c" }, /name, add_tags or remove_tags/],
  [
    "rename_or_tag",
    { uri: "strudel://clip/p/c", add_tags: ["a"], remove_tags: ["a"] },
    /a cannot be added and removed/,
  ],
  ["export", { uri: "strudel://clip/p/c", format: "wav" }, /format: .*midi/],
  ["export", { uri: "strudel://playlist/p/l", format: "midi" }, /song by song/],
  ["delete", { uri: "strudel://clip/p/c" }, /confirm: true/],
  ["delete", { uri: "strudel://clip/p/none", confirm: true }, /no such clip/],
]

describe("wrong input comes back as advice", () => {
  it("of every tool", () => {
    expect(new Set(wrong.map(([name]) => name))).toEqual(new Set(allTools.map(({ name }) => name)))
  })

  it.each(wrong)("of %s: %j", async (name, input, advice) => {
    const result = await client.callTool({ name, arguments: input })
    expect(result.isError).toBe(true)
    expect(textOf(result)).toMatch(advice)
  })

  it("of no object at all", async () => {
    for (const { name } of allTools) {
      const result = await client.callTool({ name, arguments: { "": null } })
      expect({ name, isError: result.isError }).toEqual({ name, isError: true })
      expect(textOf(result)).toContain(`${name} does not take this`)
    }
  })

  it("and leaves everything as it was", async () => {
    const { items } = await server.client.clip.list.query({})
    expect(items.map(({ id, code, version }) => [id, code, version])).toEqual([["c", 's("bd")', 1]])
  })
})

it("says what is near to an unknown sound or scale, and still plays what plays", async () => {
  const check = async (code: string) => textOf(await client.callTool({ name: "check_code", arguments: { code } }))
  expect(await check('note("c3").s("sawtoth")')).toMatch(/It plays.*Instead: .*sawtooth/s)
  expect(await check('n("0 1").scale("C:minr")')).toMatch(/Instead: .*minor/)
  expect(await check('s("bd").jux(x => x.sidechain(2))')).toMatch(/does not play.*Instead: .*duckorbit/s)
})
