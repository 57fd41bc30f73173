// @ts-check
import { spawn } from "node:child_process"
import { mkdirSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { bundle, dist, isBundled, root } from "./bundle.mjs"
import { npm } from "./npm.mjs"

/**
 * Resolves to the launcher, which is bundled first if need be. Where that cannot be done, it says why and ends this
 * process.
 *
 * @param {string} command
 * @returns {Promise<typeof import("../src/main.ts")>}
 */
export async function loadLauncher(command) {
  try {
    if (!isBundled()) await bundleSomehow(command)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    // Whoever runs the tests reads their sum in the last line.
    if (command === "test") console.log("0 passed, 1 failed")
    process.exit(1)
  }
  return import(pathToFileURL(join(dist, "main.mjs")).href)
}

/** @param {string} command */
async function bundleSomehow(command) {
  try {
    return await bundle(join(dist, ".."))
  } catch (error) {
    // What is wrong with the sources is so with any esbuild; else none is installed, or one for another machine.
    if (error instanceof Error && "errors" in error) throw error
  }
  // A folder for this process alone, so that two may do so at once.
  const folder = join(root, "node_modules", `.esbuild-${process.pid}`)
  const remove = () => rmSync(folder, { recursive: true, force: true })
  process.once("exit", remove)
  mkdirSync(folder, { recursive: true })
  try {
    await fetchEsbuild(folder, command)
    await bundle(folder)
  } finally {
    remove()
  }
}

/**
 * @param {string} folder
 * @param {string} command
 */
async function fetchEsbuild(folder, command) {
  const version = /^ {2}esbuild: (\S+)$/m.exec(readFileSync(join(root, "pnpm-workspace.yaml"), "utf8"))?.[1]
  console.error("Fetching esbuild, which builds the launcher…")
  const quiet = ["--no-save", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
  const what = ["--ignore-scripts", "--include=optional", "--prefer-offline", `esbuild@${version}`]
  const install = [...npm(), "install", "--prefix", folder, ...quiet, ...what]
  let problem = await run(install, command)
  // Where the user's cache cannot be written, it takes one of its own.
  if (/EACCES|EPERM|EROFS/.test(problem)) problem = await run([...install, "--cache", join(folder, "cache")], command)
  if (problem) throw new Error(`${problem.trimEnd()}\nFetching esbuild failed, for the reason above.`)
}

/**
 * Runs a program that ends with this process, and resolves to what it says where it fails, else to nothing. A signal ends
 * both.
 *
 * @param {string[]} line
 * @param {string} command
 * @returns {Promise<string>}
 */
function run([program = "", ...args], command) {
  const ends = `--import=${new URL(`end-with-parent.mjs?parent=${process.pid}`, import.meta.url).href}`
  const env = { ...process.env, NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} ${ends}` }
  const child = spawn(program, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe", "ipc"] })
  let output = ""
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (part) => {
      output += part
    })
  }
  let isAsked = false
  const end = () => {
    isAsked = true
    child.kill()
  }
  const signals = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])
  for (const signal of signals) process.on(signal, end)
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message))
    child.once("close", (code) => {
      if (isAsked) process.exit(command === "start" || command === "dev" ? 0 : 130)
      for (const signal of signals) process.removeListener(signal, end)
      resolve(code === 0 ? "" : output || `npm ended with exit code ${code}.`)
    })
  })
}
