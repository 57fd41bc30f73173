import { toParams } from "#shared/url-state/search-params.ts"
import { SessionListPage } from "./session-list-page.tsx"

export default async function Home({ searchParams }: PageProps<"/">) {
  return <SessionListPage params={toParams(await searchParams)} />
}
