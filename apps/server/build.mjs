import { cpSync, readFileSync } from "node:fs"
import { dirname } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const manifest = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"))
/** What npm installs beside the bundle stays out of it; the workspace's own packages are source and go in. */
const external = Object.entries(manifest.dependencies).flatMap(([name, range]) =>
  range.startsWith("workspace:") ? [] : [name, `${name}/*`],
)

// What listens to code in threads of its own, so that the folder is all that the server needs.
const engine = dirname(fileURLToPath(import.meta.resolve("@strudel-agent/strudel/engine")))
cpSync(engine, fileURLToPath(new URL("dist/engine", import.meta.url)), { recursive: true })

const sandboxPage = fileURLToPath(import.meta.resolve("@strudel-agent/sandbox/page"))
cpSync(sandboxPage, fileURLToPath(new URL("dist/sandbox.html", import.meta.url)))

await build({
  entryPoints: ["src/main.ts"],
  outfile: "dist/main.mjs",
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20.19",
  sourcemap: "linked",
  external: [...external, "pg-native"],
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
  logLevel: "warning",
})
