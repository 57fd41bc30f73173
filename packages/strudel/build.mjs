import { copyFile, mkdir, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"
import { engineBundling, readTunings, withoutTunings } from "./bundling.mjs"

const here = dirname(fileURLToPath(import.meta.url))
const inPackage = (path) => join(here, path)

/** Mini notation from its sources, with a parser that may know what a text parses to. */
const notation = {
  name: "notation",
  setup({ onResolve }) {
    const inMini = (file) => join(dirname(fileURLToPath(import.meta.resolve("@strudel/mini"))), "..", file)
    onResolve({ filter: /^@strudel\/mini$/ }, () => ({ path: inMini("index.mjs") }))
    onResolve({ filter: /^\.\/krill-parser\.js$/ }, () => ({ path: inPackage("src/notation.ts") }))
  },
}

/** Strudel greets on the console when it is loaded. */
const quiet = {
  banner: { js: "{ const { log, warn } = console; console.log = console.warn = () => {};" },
  footer: { js: "Object.assign(console, { log, warn }) }" },
}

/** One script for a Worker, QuickJS and Node: it sets `globalThis.strudelEngine`. */
async function buildEngine(folder) {
  await build({
    entryPoints: [inPackage("src/engine.ts")],
    outfile: join(folder, "engine.js"),
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    ...engineBundling,
    ...quiet,
    plugins: [notation, withoutTunings],
    legalComments: "none",
    logLevel: "warning",
    absWorkingDir: here,
  })
}

/** What QuickJS is given of a browser before the engine. */
async function buildHost(folder) {
  await build({
    entryPoints: [inPackage("src/quickjs/host-of-quickjs.ts")],
    outfile: join(folder, "host-of-quickjs.js"),
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    define: { global: "globalThis" },
    legalComments: "none",
    logLevel: "warning",
    absWorkingDir: here,
  })
}

/** The worker thread that holds QuickJS, and what prepares code for it; its WebAssembly lies beside it. */
async function buildThread(folder) {
  await build({
    entryPoints: [inPackage("src/quickjs/analysis-thread.ts")],
    outfile: join(folder, "analysis-thread.js"),
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20.19",
    ...engineBundling,
    plugins: [withoutTunings],
    // Strudel greets on the console when it is loaded, and the transpiler tells it of code that is empty.
    banner: { js: "console.log = console.warn = () => {};" },
    logLevel: "warning",
    absWorkingDir: here,
  })
  await copyFile(
    fileURLToPath(import.meta.resolve("@jitl/quickjs-wasmfile-release-sync/wasm")),
    join(folder, "quickjs.wasm"),
  )
}

const folder = process.argv[2] ?? inPackage("dist")
await mkdir(folder, { recursive: true })
const writeTunings = async () => writeFile(join(folder, "tunings.json"), await readTunings())
await Promise.all([buildEngine(folder), buildHost(folder), buildThread(folder), writeTunings()])
