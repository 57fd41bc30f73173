/** Messages of one page of a transcript. */
const pageSize = 40

/** What a transcript asks for; where it starts comes on top. */
export const messagesInput = (sessionId: string) => ({ sessionId, limit: pageSize })

/** The cursor of the page that a transcript opens with: the newest, or the one around a message. */
export const openingCursor = (at: number | undefined): number | undefined =>
  at === undefined ? undefined : at + pageSize / 2

/** The message that a transcript opens at, out of its page's address. */
export function openingMessage(text: string | null): number | undefined {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : undefined
}
