import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { mkdir, writeFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { dirname, join, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

// What `npm pack` takes: the client as ES modules with declarations, for projects outside of this repository.

const here = dirname(fileURLToPath(import.meta.url))
const out = resolve(process.argv[2] ?? join(here, "dist"))
const require = createRequire(import.meta.url)
const readJson = (file) => JSON.parse(readFileSync(file, "utf8"))

const entries = ["client", "reason"]
for (const platform of ["node", "browser"]) {
  await build({
    absWorkingDir: here,
    entryPoints: entries.map((name) => `src/${name}.ts`),
    outdir: join(out, platform),
    bundle: true,
    splitting: true,
    platform,
    format: "esm",
    target: "es2022",
    external: ["@trpc/*"],
    logLevel: "warning",
  })
}

const emitted = mkdtempSync(join(here, "node_modules/.declarations-"))
try {
  const tsc = join(dirname(require.resolve("typescript/package.json")), "bin/tsc")
  execFileSync(process.execPath, [tsc, "-p", join(here, "tsconfig.declarations.json"), "--outDir", emitted], {
    stdio: "inherit",
  })
  const read = (path) => readFileSync(join(emitted, "packages", path), "utf8")
  const types = { router: routerTypes(read("api/src/root.d.ts")), reasons: read("contract/src/reason.d.ts") }
  for (const name of [...entries, "fetch", "follow", "links", "message", "watch-library"])
    types[name] = read(`client/src/${name}.d.ts`)
  await mkdir(join(out, "types"), { recursive: true })
  for (const [name, text] of Object.entries(types)) await writeFile(join(out, "types", `${name}.d.ts`), settled(text))
} finally {
  rmSync(emitted, { recursive: true, force: true })
}

/** The router without what is of no use outside of the server: the context of its calls, and the caller inside it. */
function routerTypes(text) {
  const end = "export type AppRouter = typeof appRouter;\n"
  const length = text.indexOf(end) + end.length
  if (length < end.length) throw new Error("The router's declarations do not end as expected.")
  return `type Json = string | number | boolean | null | Json[] | { [key: string]: Json };\n${text
    .slice(0, length)
    .replaceAll('import("./context.ts").Context', "object")
    .replaceAll(/import\("@strudel-agent\/contract\/json"\)\.JsonObject/g, "{ [key: string]: Json }")
    .replaceAll(/import\("(?:zod|@strudel-agent\/contract\/json)"\)\.(?:JSONType|JsonValue)/g, "Json")}`
}

/** A declaration with imports that lead to the files beside it; throws for one that leads elsewhere. */
function settled(text) {
  const moved = text
    .replaceAll('"@strudel-agent/api/root"', '"./router.js"')
    .replaceAll('"@strudel-agent/contract/reason"', '"./reasons.js"')
    .replace(/"\.\/([\w-]+)\.ts"/g, '"./$1.js"')
  for (const [, name] of moved.matchAll(/(?:from |import\()"([^"]+)"/g)) {
    if (!/^@trpc\/(?:client|server)(?:$|\/)/.test(name) && !name.startsWith("./"))
      throw new Error(`The declarations need "${name}", which the package does not bring.`)
  }
  return moved
}

const { name, version, license } = readJson(join(here, "package.json"))
const versionOf = (dependency) => readJson(require.resolve(`${dependency}/package.json`)).version
const entryOf = (entry) => ({
  types: `./types/${entry}.d.ts`,
  browser: `./browser/${entry}.js`,
  default: `./node/${entry}.js`,
})
const manifest = {
  ...{ name, version, license, type: "module" },
  exports: Object.fromEntries(entries.map((entry) => [`./${entry}`, entryOf(entry)])),
  files: ["node", "browser", "types"],
  dependencies: Object.fromEntries(["@trpc/client", "@trpc/server"].map((each) => [each, versionOf(each)])),
  engines: { node: ">=20.19" },
}
await writeFile(join(out, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`)
