import { expect, it } from "vitest"
import { foundModels } from "./found-models.ts"

const model = (id: string, name: string | null = null) => ({ id, name, contextTokens: null, price: null })
const models = [model("anthropic/opus", "Opus"), model("mini-gpt"), model("gpt-9", "The ninth"), model("other")]
const found = (text: string) => foundModels(models, text).map(({ id }) => id)

it("finds models by their ids and names, those that begin with it first", () => {
  expect(found("GPT")).toEqual(["gpt-9", "mini-gpt"])
  expect(found("ninth")).toEqual(["gpt-9"])
  expect(found("none")).toEqual([])
})

it("offers all of them where nothing is typed, and where one is chosen", () => {
  expect(found("")).toHaveLength(4)
  expect(found("gpt-9")).toHaveLength(4)
})
