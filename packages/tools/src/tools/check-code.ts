import { limits } from "@strudel-agent/contract/limits"
import { longText } from "@strudel-agent/contract/text"
import { z } from "zod"
import { defineTool, reads } from "../define-tool.ts"
import { Heard } from "../fields.ts"
import { hear, heardInWords } from "../hear.ts"

const { min, max } = limits.cycles

export const checkCode = defineTool({
  name: "check_code",
  title: "Check Strudel code",
  description:
    "Listen to Strudel code without saving it: whether it plays, its tempo and sounds, and each error with its line and what exists instead of an invented function, sound or scale. Use it while you write; save_clip checks by itself.",
  input: z.strictObject({
    code: longText(limits.codeBytes),
    cycles: z.number().int().min(min, `at least ${min}`).max(max, `at most ${max}`).optional(),
  }),
  output: Heard,
  hints: reads,
  async run({ code, cycles }, { client, signal }) {
    const heard = await hear(client, code, { signal, ...(cycles === undefined ? {} : { cycles }) })
    return { text: heardInWords(heard), data: heard }
  },
})
