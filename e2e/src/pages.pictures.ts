import { join } from "node:path"
import { test } from "@playwright/test"
import { createClient } from "@strudel-agent/client/client"

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

test("every page, both themes, wide and narrow", async ({ page }) => {
  const paths: Record<string, string> = {
    sessions: "/sessions",
    session: `/sessions/${await longestSession()}`,
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
