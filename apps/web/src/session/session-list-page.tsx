import { Prefetched } from "../api/prefetched.tsx"
import { SessionList } from "../app/islands.tsx"
import { projectChoicesInput } from "../project/project-inputs.ts"
import type { Params } from "../ui/search-params.ts"
import { readSessionFilter } from "./session-filter.ts"

/** The list of sessions with its first page in it. */
export const SessionListPage = ({ params }: { params: Params }) => (
  <Prefetched
    load={({ api }) =>
      Promise.all([
        api.session.list.fetchInfinite(readSessionFilter(params)),
        api.project.list.prefetch(projectChoicesInput),
      ])
    }
    draw={(state) => <SessionList state={state} />}
  />
)
