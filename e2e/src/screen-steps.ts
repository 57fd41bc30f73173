import type { Locator, Page } from "@playwright/test"

/** Screens that the page is used on: a desk, phones in both positions, a desk at twice its size, a large screen. */
export const screens = {
  desk: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
  lying: { width: 844, height: 390 },
  zoomed: { width: 720, height: 450 },
  large: { width: 2560, height: 1440 },
} as const

/** What of a part of the page is pressed by fingers and smaller than one, in words. */
export const smallTargets = (part: Locator): Promise<string[]> =>
  part.evaluate((element) => {
    const targets = element.querySelectorAll<HTMLElement>(
      "button, select, summary, [role=button], [role=menuitem], input:not([type=checkbox], [type=radio]), a.inline-flex",
    )
    return [...targets].flatMap((each) => {
      const { width, height } = each.getBoundingClientRect()
      const seen = width > 1 && height > 1 && each.checkVisibility({ visibilityProperty: true })
      const isSmall = width < 43.5 || height < 43.5
      return seen && isSmall && !each.closest(".cm-editor")
        ? [`${each.ariaLabel ?? each.textContent}: ${Math.round(width)} × ${Math.round(height)}`]
        : []
    })
  })

/** Pixels by which a page is wider than its window. */
export const excess = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)

/** Whether parts that stand below each other begin where the one before has ended. */
export async function standBelowEachOther(parts: Locator[]): Promise<boolean> {
  const boxes = await Promise.all(parts.map((part) => part.boundingBox()))
  return boxes.every((box, index) => {
    const before = boxes[index - 1]
    return box !== null && (!before || box.y >= before.y + before.height - 1)
  })
}
