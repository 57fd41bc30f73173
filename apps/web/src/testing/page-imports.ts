import { readdirSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path/posix"
import { parseSync } from "vite"
import type { Graph } from "./graph.ts"

const isPresent = (text: string | undefined): text is string => text !== undefined

/** Scripts that are loaded on demand or by a worker, and types that are named by their file. */
const byCall = /\bimport\(\s*"([^"]+)"|new URL\("([^"]+)", import\.meta\.url\)/g

/** What a file imports by any way. */
function importsOf(file: string, source: string): string[] {
  const { staticImports, staticExports } = parseSync(file, source).module
  return [
    ...staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...staticExports
      .flatMap(({ entries }) => entries.map(({ moduleRequest }) => moduleRequest?.value))
      .filter(isPresent),
    ...[...source.matchAll(byCall)].map(([, imported, address]) => imported ?? address).filter(isPresent),
  ]
}

/** The path that an import of the page's own leads to, from its sources on; undefined for that of a package. */
function targetOf(file: string, specifier: string): string | undefined {
  if (specifier.startsWith("#")) return specifier.slice(1)
  return specifier.startsWith(".") ? join(dirname(file), specifier) : undefined
}

/** Every TypeScript file below a folder with the files there that it imports, as paths from that folder on. */
export function readPageImports(sources: string): Graph {
  const files = readdirSync(sources, { recursive: true, encoding: "utf8" }).filter((path) => /\.tsx?$/.test(path))
  return new Map(
    files.sort().map((path) => {
      const file = path.replaceAll("\\", "/")
      const specifiers = importsOf(file, readFileSync(join(sources, file), "utf8"))
      return [file, new Set(specifiers.map((specifier) => targetOf(file, specifier)).filter(isPresent))]
    }),
  )
}
