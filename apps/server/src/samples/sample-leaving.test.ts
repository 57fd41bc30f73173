import type { ServerResponse } from "node:http"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { get, openSampleHosts, wav } from "../testing/sample-hosts.ts"

let hosts: Awaited<ReturnType<typeof openSampleHosts>>
beforeEach(async () => {
  hosts = await openSampleHosts()
})
afterEach(() => hosts.close())

/** A host whose files come when they are let go, and that hears who has hung up. */
async function openHeldHost() {
  const held = new Map<string, ServerResponse>()
  const hungUp: string[] = []
  const host = await hosts.openHost(({ url = "" }, response) => {
    held.set(url, response)
    response.on("close", () => {
      if (!response.writableFinished) hungUp.push(url)
    })
  })
  return { ...host, hungUp, release: (path: string) => held.get(path)?.end(wav) }
}

/** Fetches as a page does that may be left. */
function ask(address: string) {
  const leaving = new AbortController()
  const answer = fetch(address, { signal: leaving.signal }).then(
    async (response) => {
      await response.arrayBuffer()
      return response.status
    },
    () => "left",
  )
  return { answer, leave: () => leaving.abort() }
}

describe("who has left", () => {
  it("frees its place at once, and its download ends", async () => {
    const host = await openHeldHost()
    const at = await hosts.listen({ origins: [host.origin], gate: { running: 1, waiting: 5 }, timeout: 60_000 })
    const first = ask(at(`${host.origin}/1.wav`))
    await expect.poll(() => host.visits).toEqual(["/1.wav"])
    const second = ask(at(`${host.origin}/2.wav`))
    first.leave()
    await expect.poll(() => host.hungUp).toEqual(["/1.wav"])
    await expect.poll(() => host.visits).toEqual(["/1.wav", "/2.wav"])
    host.release("/2.wav")
    expect([await first.answer, await second.answer]).toEqual(["left", 200])
  })

  it("while it waited is never asked for, and waits in nobody's way", async () => {
    const host = await openHeldHost()
    const at = await hosts.listen({ origins: [host.origin], gate: { running: 1, waiting: 2 }, timeout: 60_000 })
    const first = ask(at(`${host.origin}/1.wav`))
    await expect.poll(() => host.visits).toEqual(["/1.wav"])
    const leaving = [2, 3].map((n) => ask(at(`${host.origin}/${n}.wav`)))
    await expect.poll(async () => (await fetch(at(`${host.origin}/full.wav`))).status).toBe(429)
    for (const { leave } of leaving) leave()
    const last = ask(at(`${host.origin}/4.wav`))
    // The server hears of it a moment after the client has left.
    await expect
      .poll(async () => {
        const probe = ask(at(`${host.origin}/5.wav`))
        const status = await Promise.race([probe.answer, new Promise((resolve) => setTimeout(resolve, 50))])
        probe.leave()
        return status
      })
      .not.toBe(429)
    host.release("/1.wav")
    await expect.poll(() => host.visits.at(-1)).toBe("/4.wav")
    host.release("/4.wav")
    expect([await first.answer, await last.answer]).toEqual([200, 200])
    expect(host.visits).not.toContain("/2.wav")
    expect(host.visits).not.toContain("/3.wav")
  })

  it("takes nothing from another who waits for the same file", async () => {
    const host = await openHeldHost()
    const at = await hosts.listen({ origins: [host.origin], timeout: 60_000 })
    const address = at(`${host.origin}/1.wav`)
    const [first, second] = [ask(address), ask(address)]
    await expect.poll(() => host.visits).toEqual(["/1.wav"])
    first.leave()
    expect(await first.answer).toBe("left")
    await expect.poll(() => host.hungUp).toEqual([])
    host.release("/1.wav")
    expect(await second.answer).toBe(200)
    expect(host.visits).toEqual(["/1.wav"])
  })

  it("does not keep who comes after from having it anew", async () => {
    const host = await openHeldHost()
    const at = await hosts.listen({ origins: [host.origin], timeout: 60_000 })
    const first = ask(at(`${host.origin}/1.wav`))
    await expect.poll(() => host.visits).toEqual(["/1.wav"])
    first.leave()
    await expect.poll(() => host.hungUp).toEqual(["/1.wav"])
    const second = ask(at(`${host.origin}/1.wav`))
    await expect.poll(() => host.visits).toEqual(["/1.wav", "/1.wav"])
    host.release("/1.wav")
    expect(await second.answer).toBe(200)
  })
})

it("downloads end when the server is stopped, those that run and those that wait", async () => {
  const host = await openHeldHost()
  const app = hosts.openDoor({ origins: [host.origin], gate: { running: 1, waiting: 5 }, timeout: 60_000 })
  const answers = [1, 2].map((n) => get(app, `${host.origin}/${n}.wav`))
  await expect.poll(() => host.visits).toEqual(["/1.wav"])
  await app.close()
  for (const answer of await Promise.all(answers)) expect(answer.json().error.reason).toBe("SAMPLES_BUSY")
  await expect.poll(() => host.hungUp).toEqual(["/1.wav"])
})
