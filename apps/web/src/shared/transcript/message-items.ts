import type { CodeChanges, itemOf } from "@strudel-agent/contract/message"

const slug = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/

const isSlug = (text: unknown): text is string => typeof text === "string" && slug.test(text) && !text.includes("..")

const isType = (text: unknown): text is "clip" | "song" | "playlist" =>
  text === "clip" || text === "song" || text === "playlist"

/** The library item that a message names, as the contract's itemOf tells it, without its library in the browser. */
export function itemOfMessage(source: Parameters<typeof itemOf>[0]): ReturnType<typeof itemOf> {
  const { item_type: itemType, item_id: itemId, project_id: projectId } = source
  return isType(itemType) && isSlug(itemId) && isSlug(projectId) ? { itemType, itemId, projectId } : undefined
}

/** Whether a message changed code: none of what is told may be empty. */
export const changesCode = ({ codeChanges }: { codeChanges?: CodeChanges | undefined }): boolean =>
  Array.isArray(codeChanges) ? codeChanges.length > 0 : Object.keys(codeChanges ?? {}).length > 0
