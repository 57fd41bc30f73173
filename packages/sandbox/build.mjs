import { createHash } from "node:crypto"
import { mkdir, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { engineBundling, withoutTunings } from "@strudel-agent/strudel/bundling"
import { build } from "esbuild"

const here = dirname(fileURLToPath(import.meta.url))

const common = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  write: false,
  format: "iife",
  target: "es2022",
  legalComments: "none",
  logLevel: "warning",
  ...engineBundling,
}

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

/** Processors are imported as `name?audioworklet` for the address of their script, as superdough does its own. */
const worklets = {
  name: "worklets",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\?audioworklet$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.replace(/\?.*$/, "")),
      namespace: "worklets",
    }))
    onLoad({ filter: /.*/, namespace: "worklets" }, async ({ path }) => {
      // Generators of sound graphs that are written as code, which no event may bring.
      const alias = {
        ...common.alias,
        "@kabelsalat/lib/src/ugens.js": join(here, "src/frame/left-out-of-superdough.ts"),
      }
      const script = await bundle(path, { format: "esm", alias })
      return { contents: `export default "data:text/javascript," + encodeURIComponent(${JSON.stringify(script)})` }
    })
  },
}

/** Puts own files in the place of some that libraries import from beside themselves. */
const replacing = (files) => ({
  name: "replacing",
  setup({ onResolve }) {
    for (const [name, own] of Object.entries(files)) {
      onResolve({ filter: new RegExp(`^\\./${name}$`) }, ({ importer }) =>
        importer.includes("node_modules") ? { path: join(here, own) } : undefined,
      )
    }
  },
})

/** superdough keeps nodes to use them again, of which some have to be made anew, and its rooms are not used. */
const ofSuperdough = {
  "nodePools.mjs": "src/frame/fresh-nodes.ts",
  "reverb.mjs": "src/frame/left-out-of-superdough.ts",
}

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
  const plugins = [inline({ "inline:worker": worker }), worklets, replacing(ofSuperdough)]
  const script = insideElement(await bundle("src/frame/frame.ts", { plugins }))
  await mkdir(folder, { recursive: true })
  const policy = `<meta http-equiv="Content-Security-Policy" content="${policyOf(script)}">`
  const page = `<!doctype html><html lang="en"><meta charset="utf-8">${policy}<title>Sandbox</title><script>${script}</script></html>\n`
  await writeFile(join(folder, "sandbox.html"), page)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildSandbox(process.argv[2] ?? join(here, "dist"))
