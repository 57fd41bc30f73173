"use client"

import { reasonOf } from "@strudel-agent/client/reason"
import type { SavedViewPage } from "@strudel-agent/contract/saved-view"
import { api } from "#shared/api/trpc.ts"
import { showToast, toastError } from "#shared/ui/toast.tsx"
import { deleteLater, useHidden } from "#shared/ui/undo.ts"
import { wordsOf } from "#shared/words/reasons.ts"

/** The saved views of a page, and what can be done with them. */
export function useViews(page: SavedViewPage) {
  const utils = api.useUtils()
  const hidden = useHidden()
  const { data } = api.view.list.useQuery({ page })
  const update = api.view.update.useMutation({ networkMode: "always" })
  const remove = api.view.delete.useMutation({ networkMode: "always" })
  const views = (data?.items ?? []).filter(({ id }) => !hidden.has(id))
  type View = (typeof views)[number]

  return {
    views,
    async replace(view: View, search: string) {
      const put = (next: string) =>
        utils.view.list.setData(
          { page },
          (list) => list && { items: list.items.map((one) => (one.id === view.id ? { ...one, search: next } : one)) },
        )
      put(search)
      try {
        await update.mutateAsync({ id: view.id, search })
        showToast(`“${view.name}” shows this from here on.`)
      } catch (error) {
        put(view.search)
        toastError(`Not saved. ${wordsOf(reasonOf(error) ?? "INTERNAL")}`)
      }
    },
    delete(view: View) {
      deleteLater({
        text: `Deleted the view “${view.name}”.`,
        keys: [view.id],
        commit: async () => {
          await remove.mutateAsync({ id: view.id })
          await utils.view.list.invalidate({ page })
        },
      })
    },
  }
}
