import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { delimiter, join } from "node:path"
import { chromium } from "@playwright/test"

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
const shell = "chromium-headless-shell"
const applications = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
]

function installed(names: string[], applications: string[] = []): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter)
  const candidates = [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...applications]
  return candidates.find((path) => existsSync(path))
}

function playwrights(): string | undefined {
  const path = chromium.executablePath()
  return path && existsSync(path) ? path : undefined
}

const isRoot = process.getuid?.() === 0

function installByApt(): string | undefined {
  if (process.platform !== "linux" || !isRoot) return undefined
  process.stderr.write("Installing Chromium by apt-get…\n")
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" }
  const apt = (...words: string[]) =>
    spawnSync("apt-get", ["-qq", ...words], { stdio: ["ignore", 2, 2], env }).status === 0
  const install = (name: string) => apt("install", "-y", "--no-install-recommends", name)
  if (!apt("update") || !install("chromium")) return undefined
  // Not every system has it, and the whole browser does as well.
  install(shell)
  return installed(names, applications)
}

/**
 * Finds a Chromium: CHROMIUM_PATH, else an installed one, else Playwright's own, else one that apt-get installs. Throws
 * where there is none.
 */
export function findBrowser(): string {
  const named = process.env.CHROMIUM_PATH
  if (named && !existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, where there is no browser.`)
  const found = named || installed(names, applications) || playwrights() || installByApt()
  if (!found) throw new Error("No Chromium or Chrome was found: install one, or name one in CHROMIUM_PATH.")
  return found
}

/** Finds the same browser without its windows, which opens a page at half the price; undefined where there is none. */
export function findShell(): string | undefined {
  return process.env.CHROMIUM_PATH ? undefined : installed([shell])
}
