import { afterAll, beforeAll, expect, it } from "vitest"
import { type AgentStack, startAgentStack } from "./testing/agent-stack.ts"

let stack: AgentStack
beforeAll(async () => {
  stack = await startAgentStack()
  stack.work()
  await stack.client.clip.create.mutate({ projectId: "house", id: "kick", name: "Kick", code: 's("sbd*4")' })
})
afterAll(() => stack.close())

const save = (code: string, version?: number) => ({
  name: "save_clip",
  input: { project: "house", id: "kick", code, ...(version ? { expected_version: version } : {}) },
})
const kick = () => stack.client.clip.byId.query({ projectId: "house", id: "kick" })
const results = async (sessionId: string) =>
  (await stack.ended(sessionId)).steps.flatMap((step) => (step.type === "call" ? [step.result] : []))

it("proposes what it changes in a session that wants that, and a person decides", async () => {
  const sessionId = await stack.begin({ projectId: "house", changeMode: "staged", itemId: "kick" })
  stack.script({ calls: [save('s("sbd*8")', 1)] }, { calls: [save('s("sbd*2")', 1)] }, { text: ["I propose half."] })
  await stack.ask(sessionId, "Half of it.")
  for (const result of await results(sessionId)) {
    expect(result).toMatchObject({ ok: true, text: expect.stringContaining("proposed, and not made") })
  }
  expect(await kick()).toMatchObject({ version: 1, code: 's("sbd*4")' })
  const { changes } = await stack.client.run.changes.query({ sessionId })
  expect(changes.map(({ state, textAfter }) => [state, textAfter])).toEqual([
    ["replaced", 's("sbd*8")'],
    ["staged", 's("sbd*2")'],
  ])
  const [, staged] = changes
  if (!staged) throw new Error("nothing is staged")
  await stack.client.run.decide.mutate({ sessionId, number: 1, callId: staged.callId, approved: true })
  expect(await kick()).toMatchObject({ version: 2, code: 's("sbd*2")' })
})

it("proposes a song of clips that it only proposes, and both are approved together", async () => {
  const sessionId = await stack.begin({ projectId: "house", changeMode: "staged" })
  const clip = (id: string) => ({ name: "save_clip", input: { project: "house", id, code: `s("${id}")` } })
  const sections = [{ name: "Intro", bars: 8, clips: ["hh", "cp"] }]
  const night = { name: "arrange_song", input: { project: "house", id: "night", sections } }
  stack.script({ calls: [clip("hh"), clip("cp")] }, { calls: [night] }, { text: ["I propose a song."] })
  await stack.ask(sessionId, "A song, please.")
  expect((await results(sessionId)).map((result) => result?.ok)).toEqual([true, true, true])
  const { changes } = await stack.client.run.changes.query({ sessionId, state: "staged" })
  const song = changes.find(({ itemType }) => itemType === "song")
  expect(song?.needs.map(({ itemId }) => itemId)).toEqual(["hh", "cp"])
  if (!song) throw new Error("no song is staged")
  const { number, callId, needs } = song
  await stack.client.run.decide.mutate({ sessionId, number, callId, approved: true, needed: needs })
  expect(await stack.client.song.byId.query({ projectId: "house", id: "night" })).toMatchObject({
    clipIds: ["hh", "cp"],
  })
})

it("deletes nothing without a person", async () => {
  const sessionId = await stack.begin({ projectId: "house" })
  const input = { uri: "strudel://clip/house/kick", confirm: true }
  stack.script({ calls: [{ name: "delete", input }] }, { text: ["I propose to delete it."] })
  await stack.ask(sessionId, "Delete the kick.")
  expect(await results(sessionId)).toEqual([{ ok: true, text: expect.stringContaining("proposed, and not made") }])
  expect(await kick()).toMatchObject({ id: "kick" })
  const { changes } = await stack.client.run.changes.query({ sessionId })
  expect(changes).toMatchObject([{ state: "staged", path: "clip.delete", itemId: "kick" }])
})

it("may name its own session, and changes no other one and no project", async () => {
  const other = await stack.begin()
  const sessionId = await stack.begin({ projectId: "house" })
  const rename = (uri: string) => ({ name: "rename_or_tag", input: { uri, name: "Renamed" } })
  stack.script(
    {
      calls: [
        rename(`strudel://session/${sessionId}`),
        rename(`strudel://session/${other}`),
        rename("strudel://project/house"),
        { name: "delete", input: { uri: `strudel://session/${other}`, confirm: true } },
      ],
    },
    { text: ["Named."] },
  )
  await stack.ask(sessionId, "Name all of it.")
  const refused = { ok: false, text: expect.stringContaining("The agent may not do this") }
  expect(await results(sessionId)).toEqual([{ ok: true, text: expect.any(String) }, refused, refused, refused])
  expect(await stack.client.session.byId.query({ id: sessionId })).toMatchObject({ name: "Renamed" })
  expect(await stack.client.session.byId.query({ id: other })).toMatchObject({ name: null })
})
