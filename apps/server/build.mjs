import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { basename, dirname } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { build } from "esbuild"

const manifest = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"))
/** What npm installs beside the bundle stays out of it; the workspace's own packages are source and go in. */
const external = Object.entries(manifest.dependencies).flatMap(([name, range]) =>
  range.startsWith("workspace:") ? [] : [name, `${name}/*`],
)

// What listens to code in threads of its own, so that the folder is all that the server needs.
const engine = dirname(fileURLToPath(import.meta.resolve("@strudel-agent/strudel/engine")))
cpSync(engine, fileURLToPath(new URL("dist/engine", import.meta.url)), { recursive: true })

// What measures sound in processes of its own.
const ear = dirname(fileURLToPath(import.meta.resolve("@strudel-agent/ear/child")))
cpSync(ear, fileURLToPath(new URL("dist/ear", import.meta.url)), { recursive: true })

const sandboxPage = fileURLToPath(import.meta.resolve("@strudel-agent/sandbox/page"))
cpSync(sandboxPage, fileURLToPath(new URL("dist/sandbox.html", import.meta.url)))
const chatView = fileURLToPath(import.meta.resolve("@strudel-agent/chat-view/page"))
cpSync(chatView, fileURLToPath(new URL("dist/chat-view.html", import.meta.url)))

/** Prisma's query compiler lies beside the bundle: a process keeps the text of its scripts in memory for good. */
const compilerBesideBundle = {
  name: "compiler-beside-bundle",
  setup({ onLoad }) {
    onLoad({ filter: /query_compiler_\w+\.postgresql\.wasm-base64\.mjs$/ }, async ({ path }) => {
      const { wasm } = await import(pathToFileURL(path).href)
      const file = `${basename(path, ".wasm-base64.mjs")}.wasm`
      writeFileSync(fileURLToPath(new URL(`dist/${file}`, import.meta.url)), wasm, "base64")
      const contents = `import { readFileSync } from "node:fs"
        export const wasm = readFileSync(new URL("${file}", import.meta.url), "base64")`
      return { contents, loader: "js" }
    })
  },
}

const dist = new URL("dist/", import.meta.url)
for (const file of readdirSync(dist)) if (/^part-.*\.mjs/.test(file)) rmSync(new URL(file, dist))

await build({
  entryPoints: ["src/main.ts"],
  outdir: "dist",
  outExtension: { ".js": ".mjs" },
  // What is imported when it is needed lies beside, so that nothing of it is read before.
  splitting: true,
  chunkNames: "part-[hash]",
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20.19",
  sourcemap: "linked",
  external: [...external, "pg-native"],
  plugins: [compilerBesideBundle],
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
  logLevel: "warning",
})
