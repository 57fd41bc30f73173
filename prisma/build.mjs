import { build } from "esbuild"

await build({
  entryPoints: { citus: "src/citus.ts" },
  outdir: "dist",
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20.19",
  external: ["pg", "pg-native"],
  logLevel: "warning",
})
