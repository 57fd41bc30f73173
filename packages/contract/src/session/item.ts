/** What a session may be about. */
export { type SessionItemType, sessionItemTypes } from "@strudel-agent/database/kinds"
