import { fileURLToPath } from "node:url"
import { type CallToolResult, Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client"
import type { Page } from "@playwright/test"
import { build } from "esbuild"
import { unique } from "./library-steps.ts"
import { expect, expectAccessibleInBothThemes, test } from "./page-check.ts"

/** What chats allow a view, as the specification of MCP Apps has it, and what they need for sound. */
const policy =
  "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' blob: data:; style-src 'unsafe-inline'; worker-src blob:; img-src data:; connect-src 'none'; frame-src 'none'"

const withPolicy = (view: string, allowed: string): string =>
  view.replace("<meta ", () => `<meta http-equiv="Content-Security-Policy" content="${allowed}"><meta `)

/** A page that shows views as a chat does, with the official client behind it. */
async function openChat(page: Page, baseURL: string | undefined) {
  const client = new Client({ name: "chat", version: "1.0.0" })
  await client.connect(new StreamableHTTPClientTransport(new URL(`${baseURL}/mcp`)))
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("chat-host.ts", import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
  })
  const html = `<!doctype html><html lang="en" data-alive><title>Chat</title><body><script>${outputFiles[0]?.text.replaceAll("</script", "<\\/script")}</script></body></html>`
  await page.route(`${baseURL}/chat`, (route) => route.fulfill({ contentType: "text/html", body: html }))
  await page.exposeFunction("callTool", (params: { name: string; arguments?: Record<string, unknown> }) =>
    client.callTool(params),
  )
  await page.goto(`${baseURL}/chat`)
  const { tools } = await client.listTools()
  const call = (name: string, args: Record<string, unknown>) => client.callTool({ name, arguments: args })
  return {
    call,
    /** Calls a tool, and shows what its definition says that its answer is seen in. */
    async show(name: string, args: Record<string, unknown>, allowed = policy) {
      const answer: CallToolResult = await call(name, args)
      const ui = tools.find((tool) => tool.name === name)?._meta?.ui
      const uri = typeof ui === "object" && ui !== null && "resourceUri" in ui ? String(ui.resourceUri) : ""
      const { contents } = await client.readResource({ uri })
      const [view] = contents
      expect(view?.mimeType).toBe("text/html;profile=mcp-app")
      const text = view && "text" in view ? view.text : ""
      await page.evaluate(([shown, told]) => window.showAnswer(shown, told, "dark"), [
        withPolicy(text, allowed),
        answer,
      ] as const)
      return page.frameLocator("iframe[title=View]")
    },
    told: () => page.evaluate(() => window.told),
    opened: () => page.evaluate(() => window.opened),
  }
}

const kick = 's("bd*4").gain(0.8)'

test("a clip that a tool saved is seen, heard, changed and compared in the chat", async ({ page, baseURL }) => {
  const project = `chat-${unique()}`
  const chat = await openChat(page, baseURL)
  const view = await chat.show("save_clip", { project, id: "kick", name: "Kick", code: kick })
  await expect(view.getByRole("heading", { name: "Kick" })).toBeVisible()
  await expect(view.getByText("clip, version 1")).toBeVisible()
  await expect(view.getByRole("img", { name: /^16 events in 4 cycles: bd/ })).toBeVisible()
  await view.getByRole("button", { name: "Play", exact: true }).click()
  await expect(view.getByRole("button", { name: "Stop" })).toBeVisible()
  await view.getByRole("button", { name: "Stop" }).click()
  await expect(view.getByRole("button", { name: "Play", exact: true })).toBeVisible()

  await view.getByText("Code", { exact: true }).click()
  await view.getByLabel("Code").fill('s("bd*2").lpff(300)')
  await view.getByRole("button", { name: "Save as the next version" }).click()
  await expect(view.getByRole("alert")).toContainText("lpf")
  await view.getByLabel("Code").fill('s("bd*2").lpf(300)')
  await view.getByRole("button", { name: "Save as the next version" }).click()
  await expect(view.getByText("Stored as version 2.")).toBeVisible()
  expect((await chat.told()).at(-1)).toContain('s("bd*2").lpf(300)')

  await expect(view.getByText("What changed from version 1 to 2")).toBeVisible()
  await expect(view.getByText('-s("bd*4").gain(0.8)')).toBeVisible()
  await view.getByRole("button", { name: "Play before" }).click()
  await expect(view.getByRole("button", { name: "Stop" })).toBeVisible()
  await view.getByRole("button", { name: "Play after" }).click()
  await view.getByRole("button", { name: "Keep version 2" }).click()
  await expect(view.getByText("Version 2 is kept.")).toBeVisible()
  expect((await chat.told()).at(-1)).toContain("keeps version 2")
  await view.getByRole("button", { name: "Go back to version 1" }).click()
  await expect(view.getByText("It is as in version 1 again, as version 3.")).toBeVisible()
  await expect(view.getByLabel("Code")).toHaveValue(kick)
  expect((await chat.told()).at(-1)).toContain("version 3")
  await view.getByRole("button", { name: "Open in the library" }).click()
  await expect.poll(chat.opened).toEqual([expect.stringContaining(`/projects/${project}/clips/kick`)])
  await expectAccessibleInBothThemes(page)
  if (process.env.E2E_PICTURES) await page.screenshot({ path: `${process.env.E2E_PICTURES}/chat-view.png` })
})

test("a song is seen and heard in the chat as one piece", async ({ page, baseURL }) => {
  const project = `chat-${unique()}`
  const chat = await openChat(page, baseURL)
  await chat.call("save_clip", { project, id: "kick", code: kick })
  await chat.call("save_clip", { project, id: "bass", code: 'note("c2 g2").s("sawtooth").lpf(400)' })
  const sections = [
    { name: "Intro", clips: ["kick"], bars: 2 },
    { name: "Drop", clips: ["kick", "bass"], bars: 2 },
  ]
  const view = await chat.show("arrange_song", { project, id: "dawn", name: "Dawn", sections })
  await expect(view.getByText("song, version 1")).toBeVisible()
  await expect(view.getByRole("img", { name: /events in 4 cycles/ })).toBeVisible()
  await view.getByRole("button", { name: "Play", exact: true }).click()
  await expect(view.getByRole("button", { name: "Stop" })).toBeVisible()
})

test.describe("a chat that allows no workers", () => {
  test.use({ expected: /Content Security Policy/ })

  test("shows the code, says that it makes no sound here, and leads to the library", async ({ page, baseURL }) => {
    const project = `chat-${unique()}`
    const chat = await openChat(page, baseURL)
    const strict = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'"
    const view = await chat.show("save_clip", { project, id: "kick", code: kick }, strict)
    await expect(view.getByText("clip, version 1")).toBeVisible()
    await expect(view.getByRole("alert")).toContainText(/does not let sound|library/)
    await expect(view.getByRole("button", { name: "Open in the library" })).toBeVisible()
  })
})
