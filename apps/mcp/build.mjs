import { chmod } from "node:fs/promises"
import { build } from "esbuild"

const outfile = process.argv[2] ?? "dist/main.mjs"

await build({
  entryPoints: ["src/main.ts"],
  outfile,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20.19",
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
