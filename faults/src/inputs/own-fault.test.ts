import { createServer } from "node:http"
import { serverFault } from "@strudel-agent/mcp/tools"
import { expect, it, onTestFinished } from "vitest"
import { isOwnFault } from "./own-fault.ts"
import { sendInput } from "./send-input.ts"

const result = (text: string) => ({
  jsonrpc: "2.0",
  id: 1,
  result: { content: [{ type: "text", text }], isError: true },
})
const error = (code: number, message: string) => ({ jsonrpc: "2.0", id: 1, error: { code, message } })

it("reads streams of the door for agents to their end, and knows the server's own faults in them", async () => {
  let answer: unknown
  const server = createServer((_, outgoing) => {
    outgoing.writeHead(200, { "content-type": "text/event-stream" }).write(": begins\n\n")
    setImmediate(() => outgoing.end(`event: message\ndata: ${JSON.stringify(answer)}\n\n`))
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`
  const found: boolean[] = []
  for (answer of [
    ...[result(serverFault), error(-32603, "Internal error")],
    ...[result("uri: names nothing"), error(-32602, "Wrong"), error(-32603, "Busy. Call again in a second.")],
    error(-32603, JSON.stringify([{ code: "invalid_type" }], null, 2)),
  ]) {
    found.push(isOwnFault(await sendInput(url, { method: "POST", path: "/mcp", headers: {} })))
  }
  expect(found).toEqual([true, true, false, false, false, false])
})
