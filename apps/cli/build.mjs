import { chmod, rm } from "node:fs/promises"
import { dirname, join } from "node:path"
import { build } from "esbuild"

const outfile = process.argv[2] ?? "dist/main.mjs"
const outdir = dirname(outfile)

// Chunks bear their content's hash in their names: those of a former build would stay.
await rm(join(outdir, "chunks"), { recursive: true, force: true })
await build({
  entryPoints: { main: "src/main.ts" },
  outdir,
  outExtension: { ".js": ".mjs" },
  chunkNames: "chunks/[name]-[hash]",
  bundle: true,
  // A command loads only the chunks that it needs, so that the program starts at once.
  splitting: true,
  platform: "node",
  format: "esm",
  target: "node20.19",
  minify: true,
  sourcemap: "linked",
  banner: {
    js: [
      "#!/usr/bin/env node",
      'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    ].join("\n"),
  },
  logLevel: "warning",
})
await chmod(outfile, 0o755)
