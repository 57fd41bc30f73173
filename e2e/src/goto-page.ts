import type { Page } from "@playwright/test"

/**
 * Opens a page and waits until what works behind every page is there, such as the keys that play and the word of a lost
 * connection: it comes after what is seen, and follows the library from then on.
 */
export async function gotoPage(page: Page, path: string): Promise<void> {
  const follows = page.waitForRequest((request) => request.url().includes("/trpc/live.watch"))
  await page.goto(path)
  await follows
}
