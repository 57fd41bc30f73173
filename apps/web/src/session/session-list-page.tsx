import { Prefetched } from "../api/prefetched.tsx"
import { projectChoicesInput } from "../project/project-inputs.ts"
import type { Params } from "../ui/search-params.ts"
import { readSessionFilter } from "./session-filter.ts"
import { SessionList } from "./session-list.tsx"

/** The list of sessions with its first page in it. */
export const SessionListPage = ({ params }: { params: Params }) => (
  <Prefetched
    load={({ api }) =>
      Promise.all([
        api.session.list.fetchInfinite(readSessionFilter(params)),
        api.project.list.prefetch(projectChoicesInput),
      ])
    }
    draw={() => <SessionList />}
  />
)
