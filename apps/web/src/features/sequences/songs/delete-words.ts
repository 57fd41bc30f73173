import { namesOf, reasonOf } from "@strudel-agent/client/reason"
import { toastError } from "#shared/ui/toast.tsx"

const inUse = new Set<unknown>(["SONG_IN_USE", "CLIP_IN_USE"])

/** Deletes, and says by name what stands in the way where something took the item in use meanwhile. */
export async function deleteUnlessUsed(name: string, remove: () => Promise<unknown>): Promise<void> {
  try {
    await remove()
  } catch (error) {
    if (!inUse.has(reasonOf(error))) throw error
    toastError(`${name} is not deleted: it is used by ${namesOf(error).join(", ")}.`)
  }
}
