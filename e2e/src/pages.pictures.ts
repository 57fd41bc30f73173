import { join } from "node:path"
import { test } from "@playwright/test"
import { createClient } from "@strudel-agent/client/client"
import { call, changeOf, holdAgent, result, say, text, workOn } from "./run-steps.ts"

const folder = join(import.meta.dirname, "..", "..", "docs", "pictures")
const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } }
const client = () => createClient({ url: test.info().project.use.baseURL ?? "" })

async function longestSession(): Promise<string> {
  for (;;) {
    const { items } = await client().session.list.query({ projectId: "house" })
    const [session] = items.toSorted((a, b) => b.messageCount - a.messageCount)
    if (session && session.messageCount > 10) return session.id
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

/** A session in which the agent has proposed a change of a clip. */
async function answeredSession(): Promise<string> {
  const clip = { projectId: "night", id: "kick" }
  await client().project.create.mutate({ id: clip.projectId, name: "Night" })
  const code = '$: s("bd*4")\n  .gain(.8)'
  await client().clip.create.mutate({ ...clip, name: "Kick", code })
  const { id } = await client().session.create.mutate({
    ...{ name: "A kick with more punch", projectId: "night", itemType: "clip", itemId: "kick" },
    ...{ answeredBy: "strudel", changeMode: "staged" },
  })
  const release = holdAgent()
  try {
    await say(id, "make the kick punchier")
    const run = await workOn(id)
    await run.write({ type: "reasoning", text: "The kick plays four on the floor with little drive." })
    await run.write(text("I look at the kick first."), call("1", "Read one thing"), result("1", code))
    await run.write(
      text("It is soft. A shorter decay, a little drive and a higher gain make it **punchier**; its pattern stays."),
      call("2", "Save a clip"),
    )
    await run.change("2", changeOf(clip, '$: s("bd*4")\n  .gain(1.1).decay(.18)\n  .distort("1.2:.6")'))
    await run.write(
      result("2", "Proposed."),
      text("Hear it before and after. Too hot beside the bass? Then I take the drive back."),
    )
    await run.finish()
  } finally {
    release()
  }
  return id
}

test("every page, both themes, wide and narrow", async ({ page }) => {
  const paths: Record<string, string> = {
    sessions: "/sessions",
    session: `/sessions/${await longestSession()}`,
    answer: `/sessions/${await answeredSession()}`,
    clips: "/clips",
    clip: "/projects/house/clips/kick",
    songs: "/songs",
    song: "/projects/house/songs/sunset",
    playlists: "/playlists",
    playlist: "/projects/house/playlists/after-work",
    projects: "/projects",
    project: "/projects/house",
    search: "/search?q=kick",
    settings: "/settings",
    stage: "/projects/house/songs/sunset/stage",
    launcher: "/projects/house/launcher",
  }
  /** What is done on a page before its picture is taken, for it to show what it is for. */
  const acts: Record<string, () => Promise<void>> = {
    clip: () => page.getByRole("button", { name: "Play Kick" }).first().click(),
    stage: () => page.getByRole("button", { name: "Play", exact: true }).click(),
    launcher: async () => {
      for (const id of ["kick", "bass", "haze"]) await page.locator(`[data-pad=${id}]`).click()
    },
  }
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport)
    for (const colorScheme of ["dark", "light"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
      for (const [name, path] of Object.entries(paths)) {
        await page.goto(path)
        await page.waitForLoadState("networkidle")
        const act = acts[name]
        if (act) {
          await act()
          // Until it is in the middle of what it plays.
          await page.waitForTimeout(5000)
        }
        const file = [name, colorScheme === "light" ? "light" : "", size === "narrow" ? "narrow" : ""].filter(Boolean)
        await page.screenshot({ path: join(folder, `${file.join("-")}.png`) })
      }
    }
  }
})
