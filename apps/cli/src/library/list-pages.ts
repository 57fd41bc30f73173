interface Page<T> {
  items: T[]
  nextCursor: string | null
}

const largestPage = 200

/** Reads so many rows of a list page by page, and tells whether there are more. */
export async function listPages<T>(
  read: (page: { limit: number; cursor: string | null | undefined }) => Promise<Page<T>>,
  limit: number,
): Promise<{ items: T[]; more: boolean }> {
  const items: T[] = []
  let cursor: string | null | undefined
  while (cursor !== null && items.length < limit) {
    const page = await read({ limit: Math.min(largestPage, limit - items.length), cursor })
    items.push(...page.items)
    cursor = page.nextCursor
  }
  return { items, more: cursor !== null }
}
