import { SessionListPage } from "../session/session-list-page.tsx"
import { toParams } from "../ui/search-params.ts"

export default async function Home({ searchParams }: PageProps<"/">) {
  return <SessionListPage params={toParams(await searchParams)} />
}
