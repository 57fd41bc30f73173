import { copyFile, mkdir } from "node:fs/promises"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"
import { engineBundling } from "./bundling.mjs"

const here = dirname(fileURLToPath(import.meta.url))
const inPackage = (path) => join(here, path)

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
    legalComments: "none",
    logLevel: "warning",
    absWorkingDir: here,
    // Strudel greets on the console when it is loaded.
    banner: { js: "{ const { log, warn } = console; console.log = console.warn = () => {};" },
    footer: { js: "Object.assign(console, { log, warn }) }" },
  })
}

/** The worker thread that holds QuickJS; its WebAssembly lies beside it. */
async function buildThread(folder) {
  await build({
    entryPoints: [inPackage("src/quickjs/analysis-thread.ts")],
    outfile: join(folder, "analysis-thread.js"),
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20.19",
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
await Promise.all([buildEngine(folder), buildThread(folder)])
