import type { AgentTested } from "@strudel-agent/contract/run/agent-settings"
import type { ChosenModel } from "./chosen-model.ts"
import { ProviderSilent, problemOf } from "./failure.ts"
import { languageModel } from "./language-model.ts"

const seconds = 30
const longestAnswer = 200

/** Asks a model for one word. */
export async function testModel(model: ChosenModel, { secrets }: { secrets: readonly string[] }): Promise<AgentTested> {
  const begin = performance.now()
  const timeout = AbortSignal.timeout(seconds * 1000)
  try {
    const { generateText } = await import("ai")
    const { text } = await generateText({
      model: await languageModel(model),
      prompt: "Answer with this one word: ready",
      maxOutputTokens: 1000,
      maxRetries: 0,
      abortSignal: timeout,
    })
    const answer = text.trim().slice(0, longestAnswer)
    const milliseconds = Math.round(performance.now() - begin)
    return { ok: true, provider: model.provider, model: model.model, answer, milliseconds }
  } catch (error) {
    const met = timeout.aborted ? new ProviderSilent(seconds) : error
    return { ok: false, failure: problemOf(met, { ...model, secrets }).failure }
  }
}
