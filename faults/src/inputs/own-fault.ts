import { serverFault } from "@strudel-agent/mcp/tools"

/** Internal errors that pass by themselves, and those as which the protocol's library tells a caller's wrong types. */
const excused = [/Call again in a (?:few )?second/, /"message":"\[\\n +\{\\n/]

/** Whether an answer says that what went wrong is the server's own fault, and not one that passes by itself. */
export function isOwnFault({ status, text }: { status: number; text: string }): boolean {
  if (text === "never answered") return true
  if (status >= 500) return status !== 503 || !/"reason":"\w+"/.test(text)
  // The door for agents answers these with status 200.
  if (text.includes(JSON.stringify(serverFault))) return true
  const isInternal = /"jsonrpc":/.test(text) && /"code":-32603\b/.test(text)
  return isInternal && !excused.some((words) => words.test(text))
}
