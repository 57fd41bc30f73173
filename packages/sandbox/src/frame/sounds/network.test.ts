import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { type Fetched, Network } from "./network.ts"

const ok: Fetched = { status: 200, contentType: "audio/wav", body: new ArrayBuffer(4) }

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe("the way out of the frame", () => {
  it("asks a host for three files at a time", async () => {
    const open: ((answer: Fetched) => void)[] = []
    const network = new Network(() => new Promise((resolve) => open.push(resolve)))
    const wanted = [1, 2, 3, 4, 5].map((name) => network.get(`https://a.example/${name}`))
    await vi.advanceTimersByTimeAsync(1)
    expect(open.length).toBe(3)
    open[0]?.(ok)
    await vi.advanceTimersByTimeAsync(1)
    expect(open.length).toBe(4)
    for (let index = 1; index < 5; index++) {
      open[index]?.(ok)
      await vi.advanceTimersByTimeAsync(1)
    }
    expect((await Promise.all(wanted)).length).toBe(5)
  })

  it("keeps a place free from a host that does not answer", async () => {
    const asked: string[] = []
    const network = new Network((url) => {
      asked.push(url)
      return url.includes("slow") ? new Promise(() => {}) : Promise.resolve(ok)
    })
    for (let n = 0; n < 10; n++) network.get(`https://slow.example/${n}`).catch(() => {})
    await Promise.all([1, 2, 3].map((n) => network.get(`https://quick.example/${n}`)))
    expect(asked.filter((url) => url.includes("slow"))).toHaveLength(3)
  })

  it("asks once for what is wanted twice, and not again for a minute after a failure", async () => {
    const asked: string[] = []
    const network = new Network(async (url) => {
      asked.push(url)
      return { ...ok, status: 404, body: null }
    })
    const url = "https://a.example/x"
    const both = await Promise.allSettled([network.get(url), network.get(url)])
    expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"])
    await expect(network.get(url)).rejects.toThrow("There is no such file")
    expect(asked.length).toBe(1)
    await vi.advanceTimersByTimeAsync(61_000)
    await expect(network.get(url)).rejects.toThrow("There is no such file")
    expect(asked.length).toBe(2)
  })

  it("asks for https alone, and for nothing where it is switched off", async () => {
    const ask = vi.fn(async () => ok)
    const network = new Network(ask)
    await expect(network.get("http://a.example/")).rejects.toThrow("Only https")
    for (const scheme of ["blob:", "filesystem:", "data:,", "about:"]) {
      await expect(network.get(`${scheme}https://a.example/a.wav`)).rejects.toThrow("Only https")
    }
    await expect(network.get(`https://a.example/${"x".repeat(2_000)}`)).rejects.toThrow("longer than 2000")
    network.allowed = false
    await expect(network.get("https://a.example/")).rejects.toThrow("switched off")
    expect(ask).not.toHaveBeenCalled()
  })
})
