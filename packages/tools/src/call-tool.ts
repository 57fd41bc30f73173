import { adviceOf } from "./advice.ts"
import type { AnyTool, ToolAnswer, ToolContext } from "./tool.ts"

export type ToolResult =
  | ({ ok: true } & ToolAnswer<Record<string, unknown>>)
  /** What to change, in words. */
  | { ok: false; text: string }

/** Calls a tool with whatever input it was given; what can be mended comes back as advice, and the rest is thrown. */
export async function callTool(tool: AnyTool, input: unknown, context: ToolContext): Promise<ToolResult> {
  try {
    return { ok: true, ...(await tool.call(input, context)) }
  } catch (error) {
    const text = adviceOf(error)
    if (text === undefined) throw error
    return { ok: false, text }
  }
}
