import { existsSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

/** The folder of the repository that this program lies in; undefined where it lies in none. */
export function repositoryFolder(begin = dirname(fileURLToPath(import.meta.url))): string | undefined {
  const manifest = join(begin, "package.json")
  if (existsSync(manifest) && /"name": "strudel-agent"/.test(readFileSync(manifest, "utf8"))) return begin
  const above = dirname(begin)
  return above === begin ? undefined : repositoryFolder(above)
}
