import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"
import { engineBundling, withoutTunings } from "../../bundling.mjs"

// Builds what the sandbox's worker performs clips with, for a test to run it in Node.
await build({
  entryPoints: [fileURLToPath(new URL("../evaluation/perform.ts", import.meta.url))],
  outfile: join(process.argv[2], "perform.mjs"),
  bundle: true,
  format: "esm",
  target: "es2022",
  ...engineBundling,
  plugins: [withoutTunings],
  banner: { js: "const { log, warn } = console; console.log = console.warn = () => {};" },
  footer: { js: "Object.assign(console, { log, warn })" },
  logLevel: "warning",
})
