import { cookies } from "next/headers"
import { Prefetched } from "../api/prefetched.tsx"
import { SessionList } from "../app/islands.tsx"
import { projectChoicesInput } from "../project/project-inputs.ts"
import type { Params } from "../ui/search-params.ts"
import { isTimeZone } from "../words/time.ts"
import { readSessionFilter } from "./session-filter.ts"

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
