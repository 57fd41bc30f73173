import { readFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const inSource = (file) => fileURLToPath(new URL(`src/${file}`, import.meta.url))
const inXen = (file) => join(dirname(fileURLToPath(import.meta.resolve("@strudel/xen"))), "..", file)

/** What esbuild must be told by anyone who bundles the engine from its source. */
export const engineBundling = {
  mainFields: ["module", "main"],
  /** Libraries that need a page, or that the engine never calls. */
  alias: {
    "@kabelsalat/web": inSource("no-kabelsalat.ts"),
    "source-map": inSource("no-source-map.ts"),
  },
  define: { "process.env.NODE_ENV": '"production"' },
}

const list = /^var TuningList = (\{.*\});?\s*$/m

/** Scales from their sources, without the archive of thousands, of which the engine is told what a clip names. */
export const withoutTunings = {
  name: "without-tunings",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^@strudel\/xen$/ }, () => ({ path: inXen("index.mjs"), sideEffects: true }))
    onLoad({ filter: /[\\/]tunejs\.js$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8")
      if (!list.test(source)) throw new Error(`${path} has no list of tunings`)
      const own = `import { tunings as TuningList } from ${JSON.stringify(inSource("tunings.ts"))}\n`
      return { contents: own + source.replace(list, ""), loader: "js" }
    })
  },
}

/** The archive of scales as JSON: frequencies in Hz by name. */
export async function readTunings() {
  const [, found] = list.exec(await readFile(inXen("tunejs.js"), "utf8")) ?? []
  const archive = Object.entries(JSON.parse(found)).map(([name, { frequencies }]) => [name, frequencies])
  return JSON.stringify(Object.fromEntries(archive))
}
