import { cookies } from "next/headers"
import { readSessionFilter } from "#features/sessions/filter/session-filter.ts"
import { Prefetched } from "#shared/api/prefetched.tsx"
import { projectChoicesInput } from "#shared/items/project-inputs.ts"
import type { Params } from "#shared/url-state/search-params.ts"
import { isTimeZone } from "#shared/words/time.ts"
import { SessionList } from "./islands.tsx"

/** The list of sessions with its first page, the views and the projects to choose from in it. */
export async function SessionListPage({ params }: { params: Params }) {
  const zone = (await cookies()).get("time-zone")?.value
  const clock = { now: Date.now(), timeZone: isTimeZone(zone) ? zone : "UTC" }
  return (
    <Prefetched
      load={({ api }) =>
        Promise.all([
          api.session.list.fetchInfinite(readSessionFilter(params, clock)),
          api.project.list.prefetch(projectChoicesInput),
          api.view.list.prefetch({ page: "sessions" }),
        ])
      }
      draw={(state) => <SessionList state={state} />}
    />
  )
}
