import { afterAll, beforeAll, beforeEach, expect, it } from "vitest"
import { claudeLine, conversationsAt, lines, said, transcript } from "../testing/conversations.ts"
import { startTestServer, type TestServer } from "../testing/test-server.ts"

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
beforeEach(() => server.database.db.session.deleteMany())

const { run, client, reportOf, contents, sessionOf, countSessions } = conversationsAt(() => server)

const rewound = [
  claudeLine("S", null, "u1", "Make a kick"),
  claudeLine("S", "u1", "a2", "Here."),
  claudeLine("S", "a2", "u3", "WRONG TURN: make it reggaeton"),
  claudeLine("S", "u3", "a4", "Dembow."),
  claudeLine("S", "u3", "a5", "Dembow, louder."),
  claudeLine("S", "a2", "u6", "Offbeat hats instead"),
  claudeLine("S", "u6", "a7", "Added."),
]
const allSessions = () => server.database.db.session.findMany({ orderBy: { id: "asc" } })

it("a conversation that left branches is stored as it went, and tells of them", async () => {
  const file = transcript(lines(...rewound))
  const { stdout } = await run("import-session", file)
  expect(stdout).toContain("4 messages imported, 0 already there")
  expect(stdout).toContain("2 branches that the conversation left:")
  expect(stdout).toContain("after message 2, «WRONG TURN: make it reggaeton»")
  expect(stdout).toContain("--branches all stores each as a session of its own.")
  expect(await countSessions()).toBe(1)
  const { session, branches } = await reportOf(file)
  expect(await contents(session.id)).toEqual(["Make a kick", "Here.", "Offbeat hats instead", "Added."])
  expect(branches).toHaveLength(2)
})

it("branches become forks where the user wants them, each once", async () => {
  const file = transcript(lines(...rewound))
  const { session, branches } = await reportOf(file, "--branches", "all", "--tags", "dub")
  expect(await countSessions()).toBe(3)
  const ids = branches.map(({ stored }) => stored?.session.id ?? "")
  const told = await Promise.all(ids.map(contents))
  expect(told.map((each) => each.slice(0, 3))).toEqual([
    ["Make a kick", "Here.", "WRONG TURN: make it reggaeton"],
    ["Make a kick", "Here.", "WRONG TURN: make it reggaeton"],
  ])
  expect(told.map((each) => each.slice(3)).toSorted()).toEqual([["Dembow, louder."], ["Dembow."]])
  const [first, second] = await Promise.all(ids.map(sessionOf))
  expect(first).toMatchObject({
    name: "WRONG TURN: make it reggaeton (branch of Make a kick)",
    status: "idle",
    metadata: { tags: ["dub"], forked_from: { session_id: session.id, message_index: 1 } },
  })
  // What leaves a branch is a fork of that.
  expect(second?.metadata).toMatchObject({ forked_from: { session_id: first?.id, message_index: 2 } })

  const before = await allSessions()
  for (const options of [[], ["--branches", "all"]]) {
    expect((await reportOf(file, ...options)).session).toMatchObject({ id: session.id, created: false })
  }
  expect(await allSessions()).toEqual(before)
})

it("a branch that the conversation comes back to goes on as its session", async () => {
  const { branches } = await reportOf(transcript(lines(...rewound)), "--branches", "all")
  const back = claudeLine("S", "a4", "u8", "Dembow it is")
  const { session, counts } = await reportOf(transcript(lines(...rewound, back)), "--branches", "all")
  expect(branches.map(({ stored }) => stored?.session.id)).toContain(session.id)
  expect({ created: session.created, counts }).toMatchObject({ created: false, counts: { appended: 1 } })
  expect(await countSessions()).toBe(3)
})

it("a branch that was stored as the conversation, before it was left, is not stored again", async () => {
  const before = await reportOf(transcript(lines(...rewound.slice(0, 4))))
  const { branches } = await reportOf(transcript(lines(...rewound)), "--branches", "all")
  expect(branches.map(({ stored }) => stored?.session.id)).toContain(before.session.id)
  expect(await countSessions()).toBe(3)
})

it("a dry run stores none", async () => {
  const { stdout } = await run("import-session", transcript(lines(...rewound)), "--branches", "all", "--dry-run")
  expect(stdout).toContain("messages would be imported")
  expect(stdout).toContain("This was a dry run: nothing was changed.")
  expect(await countSessions()).toBe(0)
})

it("a conversation of plain messages has none", async () => {
  const { branches } = await reportOf(
    transcript(lines(said("user", "one"), said("assistant", "two"))),
    "--branches",
    "all",
  )
  expect(branches).toEqual([])
  expect((await client().session.list.query({})).items).toHaveLength(1)
})
