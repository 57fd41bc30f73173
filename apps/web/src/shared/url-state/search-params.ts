import { limits } from "@strudel-agent/contract/limits"

/** A page's search parameters, in the browser and on the server. */
export interface Params {
  get(name: string): string | null
}

/** What Next hands to a page, as one value a name. */
export function toParams(found: Record<string, string | string[] | undefined>): Params {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(found)) {
    const first = Array.isArray(value) ? value[0] : value
    if (first !== undefined) params.set(name, first)
  }
  return params
}

/** A trimmed text, undefined where there is none; longer than a search may be it is cut. */
export const textOf = (params: Params, name: string): string | undefined =>
  params.get(name)?.trim().slice(0, limits.search) || undefined

/** A number, undefined where there is none. */
export function numberOf(params: Params, name: string): number | undefined {
  const text = textOf(params, name)
  const value = Number(text)
  return text !== undefined && Number.isFinite(value) ? value : undefined
}

/** One of the keys of a table, undefined for anything else. */
export function keyOf<K extends string>(params: Params, name: string, table: Record<K, unknown>): K | undefined {
  const text = params.get(name)
  const isKey = (value: string): value is K => Object.hasOwn(table, value)
  return text !== null && isKey(text) ? text : undefined
}
