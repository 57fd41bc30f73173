import { once } from "node:events"
import { createServer, type RequestListener } from "node:http"
import { expect, it, onTestFinished } from "vitest"
import { temporaryFolder } from "./testing/folder.ts"
import { runCommand } from "./testing/run-command.ts"

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, "127.0.0.1")
  onTestFinished(() => void server.close())
  await once(server, "listening")
  const address = server.address()
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`
}

it("says where a server redirects to, and goes there with nothing", async () => {
  let asked = 0
  const there = await serve((_, answer) => {
    asked++
    answer.end()
  })
  let location = `${there}/base/health`
  const here = await serve((_, answer) => void answer.writeHead(308, { location }).end())
  const home = temporaryFolder()
  const run = (command: string) =>
    runCommand(here, [command], { cwd: home, env: { STRUDEL_TOKEN: "a-token-of-sixteen-letters", HOME: home } })
  const words = `hat answers at ${here} redirects to ${there}/base/health (HTTP 308), which is not followed`
  const mend = `set STRUDEL_URL to ${there}/base`
  expect(await run("projects")).toMatchObject({ code: 6, stderr: `W${words}: ${mend}.\n` })
  const examined = await run("doctor")
  expect(examined).toMatchObject({ code: 6, stdout: expect.stringContaining(`w${words}\n`) })
  expect(examined.stdout).toContain(`→ ${mend}\n`)
  location = "/login?next=health"
  expect(await run("projects")).toMatchObject({
    code: 6,
    stderr: expect.stringMatching(
      /redirects to \S+\/login .* set STRUDEL_URL to the address of the server itself\.\n$/,
    ),
  })
  expect(asked).toBe(0)
})
