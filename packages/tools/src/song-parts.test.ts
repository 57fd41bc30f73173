import { createClient } from "@strudel-agent/client/client"
import { expect, it } from "vitest"
import { scoreOfParts } from "./song-parts.ts"

/** A client of a server that hears so many events in all code. */
function clientHearing(events: number) {
  const haps = Array.from({ length: events }, () => ({ begin: 0, end: 1, until: 1 }))
  const body = JSON.stringify({ result: { data: { ok: true, cps: 0.5, warnings: [], haps } } })
  const fetch = async () => new Response(body, { headers: { "content-type": "application/json" } })
  return createClient({ url: "http://127.0.0.1:9", fetch })
}

it("writes no MIDI file of more than 100,000 events, of however many sections they are", async () => {
  const context = { client: clientHearing(20_000), pageUrl: "" }
  const section = { name: "A", cycles: 1, cps: 0.5, clips: ["a"] }
  const clips = [{ id: "a", name: "A", code: 's("bd")' }]
  const scoreOf = (count: number) =>
    scoreOfParts({ name: "Song", clips, sections: Array.from({ length: count }, () => section) }, context)
  expect((await scoreOf(5)).haps).toHaveLength(100_000)
  await expect(scoreOf(6)).rejects.toThrow("more events than can be written")
})
