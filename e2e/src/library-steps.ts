import { randomUUID } from "node:crypto"
import type { Page } from "@playwright/test"
import { createClient } from "@strudel-agent/client/client"
import { expect } from "./page-check.ts"

export const unique = () => randomUUID().slice(0, 8)

export interface Seed {
  id: string
  name: string
  metadata?: Record<string, unknown>
}

/** A project with clips that no other test knows, the last one changed last. */
export async function seed(baseURL: string | undefined, clips: Seed[]) {
  const client = createClient({ url: baseURL ?? "" })
  const projectId = `library-${unique()}`
  for (const { id, name, metadata = {} } of clips) {
    await client.clip.create.mutate({ projectId, id, name, code: `$: note("${id}").s("saw")`, metadata })
  }
  return { client, projectId, path: `/clips?project=${projectId}` }
}

export const cards = (page: Page) =>
  page
    .getByRole("main")
    .getByRole("listitem")
    .filter({ has: page.getByRole("heading", { level: 3 }) })
export const names = (page: Page) => page.getByRole("main").getByRole("heading", { level: 3 })
export const box = (page: Page, name: string) => page.getByRole("checkbox", { name: `Select ${name}` })

export async function open(page: Page, path: string, first: string) {
  await page.goto(path)
  await expect(names(page).first()).toHaveText(first)
}
