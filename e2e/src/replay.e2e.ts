import { client } from "./clip-steps.ts"
import { expect, expectAccessible, test } from "./page-check.ts"
import { bar, heard, seen, silent, watch } from "./player-steps.ts"

const codes = ['s("sbd*2")', 's("sbd*4")', 'note("c3 e3").s("sawtooth")']

async function sessionWithCode(): Promise<string> {
  const { id } = await client().session.create.mutate({ name: "An evening" })
  const messages = codes.flatMap((after, index) => [
    { role: "user" as const, content: `make it ${index}` },
    {
      role: "assistant" as const,
      content: `it is ${index}`,
      codeChanges: {
        item_type: "clip",
        item_id: "kick",
        project_id: "house",
        ...(index > 0 ? { before: codes[index - 1] } : {}),
        after: `setcpm(60)\n${after}`,
      },
    },
  ])
  await client().message.append.mutate({ sessionId: id, messages })
  return id
}

test("a session is replayed step by step, and plays through by itself", async ({ page }) => {
  const id = await sessionWithCode()
  await page.goto(`/sessions/${id}?at=0#m-0`)
  await page.getByRole("button", { name: "Replay", exact: true }).click()
  const replay = page.getByRole("region", { name: "Replay" })
  await expect(replay).toBeVisible()
  await expectAccessible(page)

  await replay.getByRole("button", { name: "The next change" }).click()
  await expect(replay.getByRole("status")).toHaveText("kick at #1")
  await expect(page).toHaveURL(/#m-1$/)
  await heard(page)
  await expect(bar(page)).toContainText("kick at #1")
  await page.keyboard.press(".")
  await expect(replay.getByRole("status")).toHaveText("kick at #3")
  await expect(bar(page)).toContainText("kick at #3")
  await page.keyboard.press(",")
  await expect(replay.getByRole("status")).toHaveText("kick at #1")
  await page.keyboard.press(",")
  await expect(replay.getByRole("status")).toHaveText("No earlier message changed code.")

  await replay.getByRole("combobox", { name: "Cycles each" }).selectOption("2")
  await replay.getByRole("button", { name: "Stop the replay" }).click()
  await silent(page)
  await watch(page, "[aria-label=Replay] [role=status]", "section[aria-label=Player]")
  await replay.getByRole("button", { name: "Play through" }).click()
  // Two cycles of a second each, then the next.
  await expect(replay.getByRole("status")).toHaveText("kick at #3", { timeout: 10_000 })
  await expect(replay.getByRole("status")).toHaveText("kick at #5", { timeout: 10_000 })
  await expect(bar(page)).toContainText("kick at #5")
  await heard(page)
  await expect(replay.getByRole("status")).toHaveText("No later message changed code.", { timeout: 10_000 })
  const frames = await seen(page)
  const cyclesOf = (step: string) =>
    frames.flatMap((told) => (told.startsWith(step) ? [Number(/Cycle (\d+)/.exec(told)?.[1] ?? 0)] : []))
  // A busy machine may not have the next at hand when the second ends.
  for (const step of ["kick at #1", "kick at #3"]) expect([2, 3]).toContain(Math.max(...cyclesOf(step)))
  await replay.getByRole("button", { name: "Close the replay" }).click()
  await expect(replay).toHaveCount(0)
  await silent(page)
})

test("a replay begins at the message in sight", async ({ page }) => {
  const id = await sessionWithCode()
  const more = Array.from({ length: 60 }, (_, index) => ({ role: "user" as const, content: `and so on ${index}` }))
  await client().message.append.mutate({ sessionId: id, messages: more })
  await page.goto(`/sessions/${id}?at=40#m-40`)
  await page.getByRole("button", { name: "Replay", exact: true }).click()
  const replay = page.getByRole("region", { name: "Replay" })
  await replay.getByRole("button", { name: "The change before" }).click()
  await expect(replay.getByRole("status")).toHaveText("kick at #5")
})
