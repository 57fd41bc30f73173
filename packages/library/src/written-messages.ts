import type { Message } from "@strudel-agent/contract/message"
import type { WrittenMessages } from "@strudel-agent/database/queries/message/page"

/** The messages of a page that PostgreSQL wrote as JSON for the router. */
export const messagesOf = (page: WrittenMessages | undefined): Message[] => JSON.parse(`[${page?.text ?? ""}]`)
