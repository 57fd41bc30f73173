import type { Page } from "@playwright/test"

export const toast = (page: Page, text: string | RegExp) => page.getByRole("listitem").filter({ hasText: text })

/** Takes back what a toast tells of; one that lies behind another comes to light as the pointer is over them. */
export async function undo(page: Page, text: string | RegExp): Promise<void> {
  const wanted = toast(page, text).first()
  await wanted.waitFor()
  await page.locator("[data-sonner-toast][data-front=true]").hover()
  await wanted.getByRole("button", { name: "Undo" }).click()
}

/** Takes back what the toast in front tells of. */
export const undoLast = (page: Page): Promise<void> =>
  page.locator("[data-sonner-toast][data-front=true]").getByRole("button", { name: "Undo" }).click()
