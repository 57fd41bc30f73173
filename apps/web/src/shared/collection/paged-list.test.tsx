import { renderToString } from "react-dom/server"
import { expect, it } from "vitest"
import { PagedList } from "./paged-list.tsx"

it("draws a row once that moved to another page while it was read on", () => {
  const query = {
    ...{ data: { pages: [{ items: ["a", "b"] }, { items: ["b", "c"] }] }, error: null, isPending: false },
    ...{ isFetching: false, isPlaceholderData: false, hasNextPage: false, isFetchingNextPage: false },
    ...{ isFetchNextPageError: false, refetch: () => undefined, fetchNextPage: () => undefined },
  }
  const drawn = renderToString(
    <PagedList
      {...{ query, what: "song", skeleton: "waiting", empty: "empty" }}
      keyOf={(row) => row}
      draw={(rows) => rows.join(" ")}
    />,
  )
  expect(drawn).toContain("a b c<p")
  expect(drawn).toMatch(/3 songs.* shown/)
})
