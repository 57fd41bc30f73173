import { fileURLToPath } from "node:url"
import type { Page } from "@playwright/test"
import type { SandboxOptions } from "@strudel-agent/sandbox/host"
import type { Event, Loaded, Mix, Plan, Position, Sounding, Source } from "@strudel-agent/sandbox/protocol"
import { build } from "esbuild"
import { test } from "./page-check.ts"

type Host = typeof import("@strudel-agent/sandbox/host")
type Kept = Exclude<Event, { type: "meter" }> & { heardAt: number }

type Sandbox = Awaited<ReturnType<Host["openSandbox"]>>
type PlayOptions = Omit<Parameters<Sandbox["play"]>[0], "change">

/** A sandbox whose changes are counted. */
interface CountingSandbox extends Omit<Sandbox, "play" | "update" | "stop"> {
  play(options: PlayOptions): ReturnType<Sandbox["play"]>
  update(sources: Source[], plan?: Plan): ReturnType<Sandbox["update"]>
  stop(at?: "now" | "cycle"): Promise<void>
}

/** What a page of the tests has beside its own: the product's way into the sandbox, and what came out of it. */
export interface Bench {
  host: Host
  open(options: SandboxOptions): Promise<CountingSandbox>
  sandbox: CountingSandbox
  events: Kept[]
  meters: { at: number; peak: number; rms: number }[]
  asked: string[]
  /** Milliseconds of the longest gap between two frames since it was set to 0. */
  longestGap: number
}

declare global {
  var bench: Bench
}

let bundled: Promise<string> | undefined

/** A script that puts the product's way into the sandbox where tests find it. */
function bundleHost(): Promise<string> {
  const entry = fileURLToPath(import.meta.resolve("@strudel-agent/sandbox/host"))
  bundled ??= build({
    stdin: {
      contents: `import * as host from ${JSON.stringify(entry)}; globalThis.bench = { host }`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
  }).then(({ outputFiles }) => outputFiles[0]?.text ?? "")
  return bundled
}

/**
 * A page of the product's address, under its policy, with a sandbox open; a real click lets it be heard. Unless another
 * is named it is the plainest that there is: nothing else on it computes.
 */
export async function openBench(page: Page, path = "/health"): Promise<void> {
  await page.goto(path)
  await page.evaluate(await bundleHost())
  await page.mouse.click(5, 5)
  await page.evaluate(async () => {
    const bench = globalThis.bench
    Object.assign(bench, { events: [], meters: [], asked: [], longestGap: 0 })
    bench.open = async (options) => {
      let change = 0
      const sandbox = await bench.host.openSandbox(options)
      return {
        ...sandbox,
        play: (options) => sandbox.play({ ...options, change: ++change }),
        update: (sources, plan) => sandbox.update({ change: ++change, sources, ...(plan && { plan }) }),
        stop: (at = "now") => sandbox.stop({ change: ++change, at }),
      }
    }
    bench.sandbox = await bench.open({
      fetchSample: async (url) => {
        bench.asked.push(url)
        return null
      },
      onEvent: (event) => {
        const at = performance.timeOrigin + performance.now()
        if (event.type === "meter") bench.meters.push({ at, peak: event.peak, rms: event.rms })
        else bench.events.push({ ...event, heardAt: at })
      },
    })
    let last = performance.now()
    const watch = (now: number) => {
      bench.longestGap = Math.max(bench.longestGap, now - last)
      last = now
      requestAnimationFrame(watch)
    }
    requestAnimationFrame(watch)
  })
}

/** What the tests before this one played and changed is over, and what they heard forgotten. */
async function renew(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { bench } = globalThis
    await bench.sandbox.stop()
    await bench.sandbox.tempo(1)
    await bench.sandbox.mix({ volume: 1, gains: {} })
    // What sounded a moment ago is told a moment later.
    await new Promise((resolve) => setTimeout(resolve, 300))
    Object.assign(bench, { events: [], meters: [], asked: [], longestGap: 0 })
  })
}

/** A `test` whose tests of one file share a page with a sandbox open, which takes seconds to open. */
export function testOnOneBench() {
  let bench: Page | undefined
  const shared = test.extend({
    page: async ({ browser, baseURL, viewport }, use) => {
      if (!bench || bench.isClosed()) {
        bench = await browser.newPage({ baseURL, viewport })
        await openBench(bench)
      } else await renew(bench)
      await use(bench)
    },
  })
  shared.afterAll(() => bench?.close())
  return shared
}

/** All clips at once, for ever. */
export function planOf(...keys: string[]): Plan {
  const clips = keys.map((key) => ({ key, tempo: "match" as const }))
  return { sections: [{ id: "all", cycles: 4, cps: null, clips }], loop: true, align: "running" }
}

export interface Played {
  loaded: Loaded[]
  cycle: number
  at: number
  pressed: number
}

/** Plays codes under the names they stand under. */
export function play(page: Page, codes: { [key: string]: string }, at: "now" | "cycle" = "now"): Promise<Played> {
  const sources: Source[] = Object.entries(codes).map(([key, code]) => ({ key, code }))
  const plan = planOf(...Object.keys(codes))
  return page.evaluate(
    async ({ sources, plan, at }) => {
      const pressed = performance.timeOrigin + performance.now()
      return { ...(await globalThis.bench.sandbox.play({ sources, plan, at })), pressed }
    },
    { sources, plan, at },
  )
}

/** Plays codes under the names they stand under, as a plan says. */
export function playPlan(page: Page, codes: { [key: string]: string }, plan: Plan) {
  const sources: Source[] = Object.entries(codes).map(([key, code]) => ({ key, code }))
  return page.evaluate((options) => globalThis.bench.sandbox.play({ ...options, at: "now" }), { sources, plan })
}

/** What has sounded. */
export const sounding = (page: Page): Promise<Sounding[]> =>
  page.evaluate(() => globalThis.bench.events.flatMap((event) => (event.type === "sounding" ? event.events : [])))

/** The loudest that is heard in so many milliseconds from now. */
export function loudest(page: Page, milliseconds: number): Promise<number> {
  return page.evaluate(async (wait) => {
    const since = performance.timeOrigin + performance.now()
    await new Promise((resolve) => setTimeout(resolve, wait))
    const { meters } = globalThis.bench
    return Math.max(0, ...meters.filter(({ at }) => at > since).map(({ peak }) => peak))
  }, milliseconds)
}

export const fullMix: Mix = { volume: 1, gains: {} }
export type { Position }
