import { createClient } from "@strudel-agent/client/client"
import { allTools } from "@strudel-agent/tools/all-tools"
import { callTool } from "@strudel-agent/tools/call-tool"
import type { ToolContext } from "@strudel-agent/tools/tool"
import { dynamicTool, generateText, type LanguageModel, stepCountIs, type ToolSet } from "ai"

/** What an agent may do in the library, as tools of the AI SDK; what can be mended comes back to the model as words. */
export const toolsFor = (context: ToolContext): ToolSet =>
  Object.fromEntries(
    allTools.map((tool) => [
      tool.name,
      dynamicTool({
        description: tool.description,
        inputSchema: tool.input,
        execute: async (input, { abortSignal }) =>
          (await callTool(tool, input, { ...context, signal: abortSignal })).text,
      }),
    ]),
  )

/** Does what a person asks for, with the tools of the library, and answers in words. */
export async function ask(model: LanguageModel, { url, prompt }: { url: string; prompt: string }): Promise<string> {
  const client = createClient({ url, token: process.env.STRUDEL_TOKEN })
  const { text } = await generateText({
    model,
    tools: toolsFor({ client, pageUrl: url }),
    stopWhen: stepCountIs(20),
    system: "You make music in Strudel. Look functions up in the reference, check code before you save it.",
    prompt,
  })
  return text
}
