import { createServer } from "node:http"
import { expect, it } from "vitest"
import { type Recorded, startRecorder, writeRecording } from "./recorder.ts"

it("records no key that a refusal of the provider quotes", async () => {
  const key = "sk-test-4b1d7e90c2-never-told"
  const provider = createServer((request, response) => {
    const message = `Incorrect API key provided: ${request.headers.authorization?.replace("Bearer ", "")}.`
    response.writeHead(401, { "content-type": "application/json" }).end(JSON.stringify({ error: { message } }))
  })
  await new Promise<void>((resolve) => provider.listen(0, "127.0.0.1", resolve))
  const address = provider.address()
  const port = typeof address === "object" && address ? address.port : 0
  const answers: Recorded[] = []
  const recorder = await startRecorder(`http://127.0.0.1:${port}/v1`, (answer) => answers.push(answer))
  const response = await fetch(`${recorder.url}/models`, { headers: { authorization: `Bearer ${key}` } })
  expect(response.status).toBe(401)
  const recording = writeRecording(answers)
  expect(recording).toContain("Incorrect API key provided")
  expect(recording).not.toContain(key)
  await recorder.close()
  await new Promise((resolve) => provider.close(resolve))
})
