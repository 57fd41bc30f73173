import { chmod, copyFile, readFile, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
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
const view = "chat-view.html"
await copyFile(fileURLToPath(import.meta.resolve("@strudel-agent/chat-view/page")), join(dirname(outfile), view))

// The folder of the bundle is what `npm pack` takes: a program that needs nothing beside Node.js.
const { version, license } = JSON.parse(await readFile(new URL("package.json", import.meta.url), "utf8"))
const name = "strudel-agent-mcp"
const manifest = {
  name,
  version,
  license,
  type: "module",
  bin: { [name]: "main.mjs" },
  files: ["main.mjs", view],
  engines: { node: ">=20.19" },
}
await writeFile(join(dirname(outfile), "package.json"), `${JSON.stringify(manifest, null, 2)}\n`)
