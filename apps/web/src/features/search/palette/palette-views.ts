import { useRouter } from "next/navigation"
import { api } from "#shared/api/trpc.ts"
import type { Action } from "#shared/keyboard/actions.ts"

/** The saved views of both lists as ways there. */
export function useViewActions(): Action[] {
  const router = useRouter()
  const sessions = api.view.list.useQuery({ page: "sessions" })
  const clips = api.view.list.useQuery({ page: "clips" })
  const views = [...(sessions.data?.items ?? []), ...(clips.data?.items ?? [])]
  return views.map(({ id, page, name, search }) => ({
    ...{ id: `view-${id}`, name: `Show the view “${name}” of ${page}`, group: "Go to" },
    run: () => router.push(search ? `/${page}?${search}` : `/${page}`),
  }))
}
