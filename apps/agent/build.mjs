import { readdirSync, rmSync } from "node:fs"
import { build } from "esbuild"

const dist = new URL("dist/", import.meta.url)
try {
  for (const file of readdirSync(dist)) if (/^part-.*\.mjs/.test(file)) rmSync(new URL(file, dist))
} catch {
  // Nothing was built yet.
}

await build({
  entryPoints: ["src/main.ts"],
  outdir: "dist",
  outExtension: { ".js": ".mjs" },
  // What asks models lies beside, so that nothing of it is read before there is something to answer.
  splitting: true,
  chunkNames: "part-[hash]",
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20.19",
  sourcemap: "linked",
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
  logLevel: "warning",
})
