import { limits } from "@strudel-agent/contract/limits"
import { MessageRole } from "@strudel-agent/contract/message"
import { longText, Uuid } from "@strudel-agent/contract/text"
import { z } from "zod"
import { defineTool } from "../define-tool.ts"
import { uriOf } from "../uri.ts"

const Change = z.strictObject({ before: z.string().optional(), after: z.string() })

export const appendMessages = defineTool({
  name: "append_messages",
  title: "Write to a session",
  description:
    "Write what was said to a session: the person's words, your answers, notes. Each message is stored once and in order; the answer tells their indexes, for message_index of save_clip.",
  input: z.strictObject({
    session_id: Uuid,
    messages: z
      .array(
        z.strictObject({
          role: MessageRole,
          content: longText(limits.contentBytes),
          code_changes: z.array(Change).max(100, "at most 100").optional(),
          client_id: Uuid.optional().describe("Makes a retry count once"),
        }),
      )
      .min(limits.append.min, `at least ${limits.append.min} message`)
      .max(limits.append.max, `at most ${limits.append.max} messages`),
  }),
  output: z.object({ uri: z.string(), first_index: z.number(), last_index: z.number(), message_count: z.number() }),
  hints: { readOnly: false, destructive: false, idempotent: false, openWorld: false },
  async run({ session_id: sessionId, messages }, { client, signal }) {
    const sent = messages.map(({ role, content, code_changes: codeChanges, client_id: clientId }) => ({
      ...{ role, content },
      ...(codeChanges ? { codeChanges } : {}),
      ...(clientId ? { clientId } : {}),
    }))
    const { firstIndex, lastIndex, messageCount } = await client.message.append.mutate(
      { sessionId, messages: sent },
      { signal },
    )
    const range = firstIndex === lastIndex ? `message ${firstIndex}` : `messages ${firstIndex} to ${lastIndex}`
    const uri = uriOf({ kind: "session", id: sessionId })
    const data = { uri, first_index: firstIndex, last_index: lastIndex, message_count: messageCount }
    return { text: `Stored ${range} of ${uri}.`, data }
  },
})
