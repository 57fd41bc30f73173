import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { defineConfig } from "@playwright/test"
import { freePort } from "@strudel-agent/process/free-port"
import { findBrowser, findShell } from "./src/find-browser.ts"
import { browserArgs } from "./src/whole-browser.ts"

/** A folder for the product's data, removed when this process ends: the product is stopped by then. */
function makeDataDir(): string {
  const dir = mkdtempSync(join(tmpdir(), "strudel-agent-e2e-"))
  process.once("exit", () => rmSync(dir, { recursive: true, force: true }))
  return dir
}

// Workers load this file again: what the first load decided reaches them by the environment.
process.env.E2E_PORT ??= String(await freePort())
process.env.E2E_BROWSER ??= findBrowser()
process.env.E2E_BROWSER_SHELL ??= findShell() ?? process.env.E2E_BROWSER
process.env.E2E_DATA_DIR ??= makeDataDir()

const port = process.env.E2E_PORT
/** Set, it names a product that runs already, such as one of `npm run dev`; unset, one is started. */
const running = process.env.E2E_URL
const url = running || `http://127.0.0.1:${port}`

/** What measures the time between frames, or between sounds, has the machine for itself. */
const timed = ["clip-scroll.e2e.ts", "sandbox-plan.e2e.ts", "sandbox-runaway.e2e.ts"]
/** What listens to sounds, which a machine that does much else makes too late. */
const sounding = [
  ...["chat-view.e2e.ts", "ear-agreement.e2e.ts", "launcher.e2e.ts", "music-export.e2e.ts", "plain-http.e2e.ts"],
  ...["player.e2e.ts", "replay.e2e.ts", "sandbox*.e2e.ts", "stage.e2e.ts", "visuals.e2e.ts"],
]
/** What chooses the model of the product, which nothing that is asked meanwhile may meet. */
const choosing = ["settings.e2e.ts"]

export default defineConfig({
  testDir: "src",
  // Tests of pages wait for servers, toasts and connections: two leave a third of two cores idle.
  workers: 3,
  projects: [
    { name: "pages", testMatch: "*.e2e.ts", testIgnore: [...sounding, ...choosing, ...timed] },
    // A third takes from the second what sounds need.
    { name: "sound", testMatch: [...sounding, ...choosing], testIgnore: timed, workers: 2, dependencies: ["pages"] },
    { name: "timed", testMatch: timed, workers: 1, dependencies: ["sound"] },
  ],
  forbidOnly: true,
  // People see at once what passes at its second try only; a machine that lands changes tells it, and goes on.
  retries: process.env.CI ? 2 : 0,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  outputDir: "test-results",
  reporter: [["list"]],
  use: {
    baseURL: url,
    viewport: { width: 1440, height: 900 },
    launchOptions: { executablePath: process.env.E2E_BROWSER_SHELL, args: browserArgs },
    screenshot: "only-on-failure",
  },
  webServer: running
    ? undefined
    : {
        command: `"${process.execPath}" scripts/run.mjs start`,
        cwd: join(import.meta.dirname, ".."),
        url: `${url}/health`,
        env: {
          ...{ PORT: port, STRUDEL_DATA_DIR: process.env.E2E_DATA_DIR, LOG_LEVEL: "warn", DATABASE_URL: "" },
          // Measuring every clip would take from what others are tried with.
          STRUDEL_EAR: "false",
        },
        timeout: 300_000,
        gracefulShutdown: { signal: "SIGTERM", timeout: 30_000 },
        stdout: "ignore",
        stderr: "pipe",
      },
})
