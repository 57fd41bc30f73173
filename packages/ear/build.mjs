import { mkdir } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { ofSuperdough, replacing, scriptBundling, worklets } from "@strudel-agent/sandbox/bundling"
import { build } from "esbuild"

const here = dirname(fileURLToPath(import.meta.url))
const inChild = (file) => join(here, "src/child", file)

/** Processors run in the child's own realm, as a function of what theirs has. */
const asFunction = (script) => `(scope) => {
  const { AudioWorkletProcessor, sampleRate } = scope
  const registerProcessor = scope.registerProcessor.bind(scope);
  ${script}
}`

const ofProcessors = {
  format: "iife",
  minify: false,
  define: { ...scriptBundling.define, currentTime: "scope.currentTime", currentFrame: "scope.currentFrame" },
}

/** What the frame does beside its thread, or for ears that must not be hurt, is done otherwise here. */
const ofFrame = {
  name: "of-frame",
  setup({ onResolve }) {
    onResolve({ filter: /^\.[./\w-]*\/(ceiling-node|noise-maker|piece-length)\.ts$/ }, ({ path, importer }) =>
      importer.includes("sandbox") ? { path: inChild(basename(path)) } : undefined,
    )
  },
}

/** Kinds of files that samples are of; nothing else is decoded, and there are no loudspeakers. */
const decoded = /^@audio\/decode-(wav|mp3|flac|vorbis|opus)$/
const leftOut = {
  name: "left-out",
  setup({ onResolve }) {
    onResolve({ filter: /^@audio\/(speaker$|decode-)/ }, ({ path }) =>
      decoded.test(path) ? undefined : { path: inChild("left-out.ts") },
    )
  },
}

/** Writes `child.mjs`, which needs nothing beside it. */
export async function buildChild(folder) {
  await mkdir(folder, { recursive: true })
  await build({
    ...scriptBundling,
    absWorkingDir: here,
    entryPoints: ["src/child/child.ts"],
    outfile: join(folder, "child.mjs"),
    format: "esm",
    platform: "node",
    target: "node20.19",
    minify: false,
    plugins: [
      leftOut,
      worklets(asFunction, ofProcessors),
      replacing({ ...ofSuperdough, "nodePools.mjs": inChild("node-pools.ts") }),
      ofFrame,
    ],
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildChild(process.argv[2] ?? join(here, "dist"))
