import type { z } from "zod"
import { inputProblem } from "./advice.ts"
import type { AnyTool, Tool } from "./tool.ts"

/** Makes a tool that checks its own input. */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(tool: Tool<Input, Output>): AnyTool {
  const { run, ...definition } = tool
  return {
    ...definition,
    async call(input, context) {
      const parsed = tool.input.safeParse(input ?? {})
      if (!parsed.success) throw inputProblem(tool.name, parsed.error, Object.keys(tool.input.shape))
      return run(parsed.data, context)
    },
  }
}

/** Hints of a tool that only reads. */
export const reads = { readOnly: true, destructive: false, idempotent: true, openWorld: false } as const
