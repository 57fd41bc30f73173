import { createClient } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"

/**
 * An agent on the typed client: it follows a session, and answers what people say in it. It prints the address of its
 * session; write there "a beat at 120", and "good night" to let it go.
 */
export async function runAgent(url: string, print: (line: string) => void): Promise<void> {
  const strudel = createClient({ url, token: process.env.STRUDEL_TOKEN, timeout: 30_000 })
  const { id: sessionId } = await strudel.session.create.mutate({ name: "agent.ts" })
  print(`${url}/sessions/${sessionId}`)

  const say = (content: string, after?: string) =>
    strudel.message.append.mutate({
      sessionId,
      messages: [{ role: "assistant", content, ...(after ? { codeChanges: [{ before: "", after }] } : {}) }],
    })

  /** What the agent does about a message. Here is the place for a model. */
  async function answer(asked: string) {
    const [tempo] = /\d+/.exec(asked) ?? []
    if (!tempo) return say("Tell me a tempo, such as: a beat at 120.")
    const clip = { projectId: "agent-ts", id: `beat-${tempo}`, name: `Beat at ${tempo}` }
    const code = `setcpm(${tempo}/4)\ns("bd*4, ~ cp, hh*8")`
    try {
      await strudel.clip.create.mutate({ ...clip, code })
      return await say(`I saved ${clip.name}.`, code)
    } catch (error) {
      if (reasonOf(error) !== "CLIP_EXISTS") throw error
      return await say(`${clip.name} is there already.`)
    }
  }

  for await (const { role, content } of strudel.follow(sessionId)) {
    if (role !== "user") continue
    if (/good night/i.test(content)) {
      await say("Good night.")
      break
    }
    await answer(content)
  }
}
