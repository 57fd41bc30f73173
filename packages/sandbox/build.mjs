import { createHash } from "node:crypto"
import { mkdir, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { withoutTunings } from "@strudel-agent/strudel/bundling"
import { build } from "esbuild"
import { ofSuperdough, replacing, scriptBundling, worklets } from "./bundling.mjs"

const here = dirname(fileURLToPath(import.meta.url))

const common = { ...scriptBundling, absWorkingDir: here, write: false, format: "iife" }

async function bundle(entry, options = {}) {
  const { outputFiles } = await build({ ...common, entryPoints: [entry], ...options })
  return outputFiles[0].text
}

/** Gives a script's text as the default export of `inline:name`. */
const inline = (scripts) => ({
  name: "inline",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^inline:/ }, ({ path }) => ({ path, namespace: "inline" }))
    onLoad({ filter: /.*/, namespace: "inline" }, ({ path }) => ({ contents: scripts[path], loader: "text" }))
  },
})

/** The frame's policy allows processors from addresses of this kind alone. */
const asData = (script) => `"data:text/javascript," + encodeURIComponent(${JSON.stringify(script)})`

/** A script as it may stand in a page: in a string or an expression, a backslash more means the same. */
const insideElement = (script) => script.replaceAll(/<(?=!--|\/script)/gi, "<\\")

/** What the page may do: its one script by its hash, workers and processors of sound that it makes itself, no address. */
const policyOf = (script) =>
  [
    "default-src 'none'",
    `script-src 'sha256-${createHash("sha256").update(script).digest("base64")}' 'unsafe-eval' data:`,
    "worker-src blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ")

/** Writes `sandbox.html`: one page with its one script inside, so that its policy needs to allow no address at all. */
export async function buildSandbox(folder) {
  // Strudel greets on the console when it is loaded.
  const quiet = {
    banner: { js: "{ const { log, warn } = console; console.log = console.warn = () => {};" },
    footer: { js: "Object.assign(console, { log, warn }) }" },
  }
  const worker = await bundle("src/worker/worker.ts", { ...quiet, plugins: [withoutTunings] })
  const plugins = [inline({ "inline:worker": worker }), worklets(asData), replacing(ofSuperdough)]
  const script = insideElement(await bundle("src/frame/frame.ts", { plugins }))
  await mkdir(folder, { recursive: true })
  const policy = `<meta http-equiv="Content-Security-Policy" content="${policyOf(script)}">`
  const page = `<!doctype html><html lang="en"><meta charset="utf-8">${policy}<title>Sandbox</title><script>${script}</script></html>\n`
  await writeFile(join(folder, "sandbox.html"), page)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildSandbox(process.argv[2] ?? join(here, "dist"))
