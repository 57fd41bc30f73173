import { TRPCClientError } from "@trpc/client"
import fc from "fast-check"
import { expect, it } from "vitest"
import { type DraftKind, draftSteps } from "./draft-state.ts"
import { createDraft } from "./draft-store.ts"
import { wholes } from "./merge.ts"
import { storeOver } from "./store-over.ts"

interface Stored {
  text: string
  version: number
}

const kind: DraftKind<Stored, string> = {
  draftOf: ({ text }) => text,
  isSame: (draft, { text }) => draft === text,
  isNewer: (one, other) => one.version > other.version,
}

type Answer = "comes" | "fails" | "is lost"

/** A text that is stored in versions, refused where another version is there, and a draft of it. */
function createText(text = "stored") {
  const server = { stored: { text, version: 1 }, writes: 0, answer: "comes" as Answer }
  const put = (next: string) => {
    server.stored = { text: next, version: server.stored.version + 1 }
    return server.stored
  }
  const draft = createDraft(kind, draftSteps(kind).begin(server.stored))
  const door = {
    async save(next: string, on: Stored) {
      server.writes++
      await Promise.resolve()
      if (server.answer === "fails") throw new TypeError("fetch failed")
      if (on.version !== server.stored.version) {
        throw TRPCClientError.from({ error: { message: "", code: -32009, data: { reason: "CLIP_CHANGED" } } })
      }
      const stored = put(next)
      if (server.answer === "is lost") throw new TypeError("fetch failed")
      return stored
    },
    load: async () => server.stored,
    valueOf: (stored: Stored) => stored.text,
    merge: wholes<string>(Object.is),
  }
  const save = () => {
    const { base, draft: mine } = draft.state()
    return draft.write(() => storeOver(door, { base: base.text, mine, on: base }))
  }
  return { server, put, draft, save }
}

it("keeps what is typed while it saves, and saves that too", async () => {
  const { server, draft, save } = createText()
  draft.edit("one")
  const saving = save()
  expect(draft.state().phase.kind).toBe("saving")
  draft.edit("one and two")
  expect(await save()).toBe("failed")
  expect(await saving).toBe("saved")
  expect([server.stored.text, draft.state().draft, draft.state().phase.kind]).toEqual(["one", "one and two", "rest"])
  await save()
  expect([server.stored, server.writes]).toEqual([{ text: "one and two", version: 3 }, 2])
})

it("tells of another version that does not fit, and overwrites nothing", async () => {
  const { server, put, draft, save } = createText()
  draft.edit("mine")
  put("theirs")
  expect(await save()).toBe("conflict")
  expect(draft.state()).toMatchObject({
    draft: "mine",
    base: { text: "stored" },
    newest: { text: "theirs" },
    phase: { kind: "conflict" },
  })
  expect(server.stored.text).toBe("theirs")
})

it("finds itself stored by a save whose answer was lost, and stores over a version that says the same", async () => {
  const lost = createText()
  lost.draft.edit("mine")
  lost.put("mine")
  expect([await lost.save(), lost.server.stored.version]).toEqual(["saved", 2])
  const same = createText()
  same.draft.edit("mine")
  same.put("stored")
  expect([await same.save(), same.server.stored]).toEqual(["saved", { text: "mine", version: 3 }])
})

it("keeps the draft when a save fails, and tells whether another try makes sense", async () => {
  const { server, draft, save } = createText()
  draft.edit("mine")
  server.answer = "fails"
  expect(await save()).toBe("failed")
  expect(draft.state()).toMatchObject({ draft: "mine", phase: { kind: "failed", again: false } })
  server.answer = "comes"
  expect([await save(), server.stored.text]).toEqual(["saved", "mine"])
})

it("no longer says that a save failed once that very version is met, or the stored text is typed again", async () => {
  const lost = createText()
  lost.draft.edit("mine")
  lost.server.answer = "is lost"
  expect([await lost.save(), lost.draft.state().phase.kind]).toEqual(["failed", "failed"])
  expect(lost.draft.meet(lost.server.stored)).toBe(false)
  expect(lost.draft.state()).toMatchObject({ base: { version: 2 }, draft: "mine", phase: { kind: "rest" } })
  const undone = createText()
  undone.draft.edit("mine")
  undone.server.answer = "fails"
  await undone.save()
  undone.draft.edit("mine and more")
  expect(undone.draft.state().phase.kind).toBe("failed")
  undone.draft.edit("stored")
  expect(undone.draft.state().phase.kind).toBe("rest")
  expect(undone.draft.meet(undone.put("theirs"))).toBe(true)
})

it("takes a save for done whose version is met before its answer is lost", async () => {
  const { put, draft } = createText()
  draft.edit("mine")
  const saving = draft.write(async () => {
    draft.meet(put("mine"))
    throw new TypeError("fetch failed")
  })
  expect([await saving, draft.state().phase.kind]).toEqual(["saved", "rest"])
})

it("brings back what was discarded, unless something was typed since", () => {
  const { put, draft } = createText()
  draft.edit("mine")
  draft.meet(put("theirs"))
  const undo = draft.discard()
  expect(draft.state().draft).toBe("theirs")
  expect([undo(), draft.state().draft]).toEqual([true, "mine"])
  const late = draft.discard()
  draft.edit("anew")
  expect([late(), draft.state().draft]).toEqual([false, "anew"])
})

it("lets go of a complaint when something is typed", () => {
  const { draft } = createText()
  draft.refuse("Not so.")
  expect(draft.state().phase).toEqual({ kind: "refused", text: "Not so." })
  draft.edit("so")
  expect(draft.state().phase.kind).toBe("rest")
})

const Act = fc.oneof(
  fc.record({ act: fc.constant("type" as const), text: fc.constantFrom("a", "b", "c") }),
  fc.record({ act: fc.constant("theirs" as const), text: fc.constantFrom("a", "b", "d"), isHeard: fc.boolean() }),
  fc.record({
    act: fc.constant("save" as const),
    answer: fc.constantFrom<Answer>("comes", "fails", "is lost"),
    meanwhile: fc.option(fc.constantFrom("a", "b", "c"), { nil: undefined }),
  }),
  fc.record({ act: fc.constant("take theirs" as const) }),
)

it("loses nothing that was typed and writes over nothing unseen, whatever others store and whatever fails", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(Act, { maxLength: 12 }), async (acts) => {
      const { server, put, draft, save } = createText()
      /** What was typed and is not known to be stored. */
      let typed: string | undefined
      for (const each of acts) {
        if (each.act === "type") {
          typed = each.text
          draft.edit(typed)
        } else if (each.act === "theirs") {
          put(each.text)
          if (each.isHeard) draft.meet(server.stored)
        } else if (each.act === "take theirs") {
          draft.discard()
          typed = undefined
        } else {
          const { base, draft: sent } = draft.state()
          const meanwhile = each.meanwhile === sent ? undefined : each.meanwhile
          const before = server.stored
          server.answer = each.answer
          const saving = save()
          if (meanwhile !== undefined) draft.edit(meanwhile)
          const outcome = await saving
          server.answer = "comes"
          if (meanwhile !== undefined || outcome === "saved") typed = meanwhile
          if (server.stored !== before) expect(before.text).toBe(base.text)
          if (outcome === "saved" && meanwhile === undefined) expect(draft.state().draft).toBe(server.stored.text)
        }
        if (typed !== undefined) expect(draft.state().draft).toBe(typed)
        if (typed === draft.state().base.text) typed = undefined
      }
    }),
  )
})
