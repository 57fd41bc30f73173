import type { Page } from "@playwright/test"
import { expect } from "./page-check.ts"

/** Resolves when the browser keeps a draft of some text: it is kept after a rest of the keys. */
export const kept = (page: Page, text: string) =>
  expect
    .poll(() =>
      page.evaluate(() =>
        Object.keys(localStorage).flatMap((key) => (key.startsWith("draft:") ? (localStorage.getItem(key) ?? "") : [])),
      ),
    )
    .toContainEqual(expect.stringContaining(text))
