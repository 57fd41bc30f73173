import { createClient } from "@strudel-agent/client/client"
import { type ScriptedProvider, startScriptedProvider } from "@strudel-agent/model-provider/testing/scripted-provider"
import { expect, expectAccessibleInBothThemes, test } from "./page-check.ts"

const key = "sk-e2e-2f6c81d7-never-shown"
const price = { provider: "compatible", model: "scripted", price: null } as const

// A key that is none is refused.
test.use({ expected: /400 \(Bad Request\)/ })

let provider: ScriptedProvider
test.beforeAll(async () => {
  // Once a model is set the agent also asks it what waits in the sessions of other tests.
  const answers = Array.from({ length: 50 }, () => ({ text: ["ready"] }))
  provider = await startScriptedProvider(answers, { key })
})
test.afterAll(async () => {
  const client = createClient({ url: test.info().project.use.baseURL ?? "" })
  await client.agent.saveSettings.mutate({
    ...{ model: null, key: { provider: "compatible", key: null }, limits: { run: null, day: null }, price },
    address: { provider: "compatible", address: null },
  })
  await provider.close()
})

test("a provider is set, tested and limited, and its key is shown to nobody", async ({ page }) => {
  const told: string[] = []
  page.on("response", async (response) => {
    if (response.url().includes("/trpc/agent.")) told.push(await response.text().catch(() => ""))
  })
  await page.goto("/settings")
  const model = page.getByRole("form", { name: "Model" })
  await model.getByLabel("Provider").selectOption({ label: "Another, with OpenAI’s interface" })
  await model.getByLabel("Address").fill(provider.url)
  await model.getByLabel("Key").fill("two words")
  const name = model.getByRole("combobox", { name: "Model" })
  await name.fill("scripted")
  await model.getByRole("button", { name: "Save", exact: true }).click()
  await expect(model.getByRole("alert")).toContainText("printable characters")

  await model.getByLabel("Key").fill(key)
  await model.getByRole("button", { name: "Save", exact: true }).click()
  await expect(model.getByText("One is saved. Leave this empty to keep it.")).toBeVisible()
  await expect(model.getByText("2 to choose from")).toBeVisible()
  await name.fill("oth")
  await name.press("ArrowDown")
  const choices = model.getByRole("listbox", { name: "Names to choose from" }).getByRole("option")
  await expect(choices).toHaveAttribute("aria-selected", "true")
  await expectAccessibleInBothThemes(page)
  await name.press("Enter")
  await expect(name).toHaveValue("other")
  await expect(choices).toHaveCount(0)
  await name.fill("scripted")
  await name.press("Escape")
  await model.getByRole("button", { name: "Save", exact: true }).click()
  await page.getByRole("button", { name: "Test", exact: true }).click()
  await expect(page.getByText("scripted answered “ready”")).toBeVisible()

  const limits = page.getByRole("form", { name: "Limits" })
  await limits.getByLabel("One answer").fill("a lot")
  await expect(limits.getByRole("alert")).toHaveText("An amount is a number such as 0.50.")
  await limits.getByLabel("One answer").fill("0.50")
  await limits.getByRole("button", { name: "Save the limits" }).click()
  const prices = page.getByRole("form", { name: "Price" })
  await prices.getByLabel("Input, a million tokens").fill("2.5")
  await prices.getByLabel("Output").fill("10")
  await prices.getByRole("button", { name: "Save the price" }).click()

  await expect
    .poll(async () => {
      await page.reload()
      await expect(prices.getByLabel("Output")).toBeVisible()
      return [await limits.getByLabel("One answer").inputValue(), await prices.getByLabel("Output").inputValue()]
    })
    .toEqual(["0.5", "10"])
  await expect(model.getByLabel("Key")).toHaveValue("")
  expect(await page.content()).not.toContain(key)
  expect(told.join("\n")).not.toContain(key)
})

test("the page is for everybody, wide and narrow", async ({ page }) => {
  await page.goto("/sessions")
  await page.getByRole("link", { name: "Settings" }).click()
  await expect(page.getByRole("heading", { name: "Settings", level: 1 })).toBeVisible()
  await expect(page.getByRole("form", { name: "Model" })).toBeVisible()
  await expectAccessibleInBothThemes(page)
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
})
