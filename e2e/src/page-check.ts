import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { type BrowserContext, test as base, expect, type Page } from "@playwright/test"
import type { AxeResults, RunOptions } from "axe-core"

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

/** Rules whose findings are "moderate" or "minor" at most, and cost the most time. */
const lesserRules = [
  ...["region", "heading-order", "landmark-unique", "landmark-one-main", "landmark-no-duplicate-main", "skip-link"],
  ...["aria-allowed-role", "empty-heading", "image-redundant-alt", "presentation-role-conflict"],
]
/** What is in a frame is looked for there: without axe in it, its answer would be waited for in vain. */
const thisPage: RunOptions = { resultTypes: ["violations"], iframes: false, preload: false }
const usual: RunOptions = {
  ...thisPage,
  rules: Object.fromEntries(lesserRules.map((rule) => [rule, { enabled: false }])),
}
/** Of what is looked for, only this depends on the theme. */
const ofColours: RunOptions = {
  ...thisPage,
  runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] },
}

/** Finds what a screen reader or a keyboard would stumble over on a page; "serious" and "critical" findings fail. */
export async function expectAccessible(page: Page, options = usual): Promise<void> {
  // Colours on their way from one theme to the other are of neither.
  await page.evaluate(() => {
    const transitions = document.getAnimations().filter((animation) => animation instanceof CSSTransition)
    return Promise.allSettled(transitions.map(({ finished }) => finished))
  })
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axeSource)
  const results = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`)
  const findings = results.violations.flatMap(({ id, impact, nodes }) =>
    impact === "serious" || impact === "critical"
      ? nodes.map(({ target }) => `${id} ${impact}: ${target.join(" ")}`)
      : [],
  )
  expect(findings).toEqual([])
}

/** As `expectAccessible`, in the dark and then in the light. */
export async function expectAccessibleInBothThemes(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: "dark" })
  await expectAccessible(page)
  await page.emulateMedia({ colorScheme: "light" })
  await expectAccessible(page, ofColours)
}

interface Watch {
  /** Console errors that a test brings about on purpose. */
  expected: RegExp | undefined
  watched: undefined
}

/** Resolves when requests of an open page are intercepted: a renderer learns of it a moment after the browser. */
async function intercepted(page: Page, routeAll: BrowserContext["route"]): Promise<void> {
  if (page.url() === "about:blank") return
  const probe = "**/health?probe"
  await routeAll(probe, (route) => route.fulfill({ status: 204 }))
  const ask = () => page.evaluate(async () => (await fetch("/health?probe")).status).catch(() => 204)
  while ((await ask()) !== 204) await page.waitForTimeout(20)
  await page.context().unroute(probe)
}

/** A page whose console errors, failed requests and requests to other origins fail the test. */
export const test = base.extend<Watch>({
  // A page comes to life after its first paint: who clicks faster than people do waits for that.
  page: async ({ page }, use) => {
    const open = page.goto.bind(page)
    page.goto = async (url, options) => {
      const response = await open(url, options)
      if (response?.headers()["content-type"]?.includes("text/html"))
        await page.locator("html[data-alive]").waitFor({ state: "attached" })
      return response
    }
    const context = page.context()
    const routeAll = context.route.bind(context)
    context.route = async (...inputs) => {
      const routed = await routeAll(...inputs)
      for (const each of context.pages()) await intercepted(each, routeAll)
      return routed
    }
    const route = page.route.bind(page)
    page.route = async (...inputs) => {
      const routed = await route(...inputs)
      await intercepted(page, routeAll)
      return routed
    }
    await use(page)
  },
  expected: [undefined, { option: true }],
  watched: [
    async ({ page, baseURL, expected }, use) => {
      const troubles: string[] = []
      page.on("console", (message) => {
        if (message.type() === "error" && !expected?.test(message.text()))
          troubles.push(`console: ${message.text()} ${message.location().url}`)
      })
      page.on("pageerror", (error) => troubles.push(`error: ${error.message}`))
      page.on("request", (request) => {
        const { origin, protocol } = new URL(request.url())
        if (protocol.startsWith("http") && origin !== baseURL) troubles.push(`request: ${request.url()}`)
      })
      page.on("response", (response) => {
        if (response.status() >= 500) troubles.push(`answer ${response.status()}: ${response.url()}`)
      })
      await use(undefined)
      expect(troubles).toEqual([])
    },
    { auto: true },
  ],
})

export { expect }
