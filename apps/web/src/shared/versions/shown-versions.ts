import type { Params } from "#shared/url-state/search-params.ts"

/** The versions of a clip that its address shows against one another: none, one against the current, or two. */
export function readShownVersions(params: Params): number[] {
  const versions = [params.get("version"), params.get("with")].flatMap((text) => {
    const version = Number(text)
    return text !== null && Number.isInteger(version) && version > 0 && version < 2 ** 31 ? [version] : []
  })
  return [...new Set(versions)].toSorted((one, other) => one - other)
}

/** Puts a version on show or takes it off; of three the one that was there first makes room. */
export const toggleVersion = (shown: number[], version: number): number[] =>
  shown.includes(version) ? shown.filter((each) => each !== version) : [...shown.slice(-1), version]

/** The address of a clip's page with these versions on show. */
export function withShownVersions(search: string, shown: number[]): string {
  const params = new URLSearchParams(search)
  for (const name of ["version", "with"]) params.delete(name)
  shown.forEach((version, place) => {
    params.set(place === 0 ? "version" : "with", String(version))
  })
  return params.size > 0 ? `?${params}` : ""
}

/** The line that the address leads to; undefined where it names none. */
export function readLine(params: Params): number | undefined {
  const line = Number(params.get("line"))
  return Number.isInteger(line) && line > 0 ? line : undefined
}
