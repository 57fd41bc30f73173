/** Messages read at a time. */
const pageSize = 40
/** Messages kept at a time; beyond, those farthest from the reader are let go and read again on the way back. */
export const mostMessages = 280

/** Where and how a transcript opens. */
export interface Opening {
  /** The message it opens at; undefined is the end. */
  at: number | undefined
  /** Whether only messages that changed code are shown. */
  changedCode: boolean
}

const onlyChanged = (changedCode: boolean) => (changedCode ? ({ changedCode: true } as const) : {})

/**
 * What a transcript asks for as it opens: the newest page, or one up to a message and one behind it. A page may end
 * early where messages are large, but its first one always comes: so the message that is opened at is among them.
 */
export function openingInputs(sessionId: string, { at, changedCode }: Opening) {
  const filter = onlyChanged(changedCode)
  if (at === undefined) return [{ sessionId, limit: pageSize, ...filter }]
  return [
    { sessionId, limit: pageSize / 2, before: at + 1, ...filter },
    { sessionId, limit: pageSize / 2, after: at, ...filter },
  ]
}

/** What is asked for beyond an end of what is loaded. */
export const furtherInput = (
  sessionId: string,
  changedCode: boolean,
  range: { before: number } | { after: number },
) => ({
  sessionId,
  limit: pageSize,
  ...onlyChanged(changedCode),
  ...range,
})

/** The message that a transcript opens at, out of its page's address. */
export function openingMessage(text: string | null): number | undefined {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : undefined
}

/** The message that the end of an address names, as `#m-12` or `#m12`. */
export const messageOfHash = (hash: string): number | undefined => openingMessage(/^#m-?(\d+)$/.exec(hash)?.[1] ?? null)

/** The search part and the end of an address that opens a transcript. */
export function openingAddress({ at, changedCode }: Opening): string {
  const params = new URLSearchParams()
  if (at !== undefined) params.set("at", String(at))
  if (changedCode) params.set("code", "changed")
  const search = params.size > 0 ? `?${params}` : ""
  return at === undefined ? search : `${search}#m-${at}`
}

/** How a transcript opens, out of its page's address. */
export const openingOf = (params: { get(name: string): string | null }): Opening => ({
  at: openingMessage(params.get("at")),
  changedCode: params.get("code") === "changed",
})
