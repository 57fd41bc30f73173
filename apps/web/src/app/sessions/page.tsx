import type { Metadata } from "next"
import { SessionListPage } from "../../session/session-list-page.tsx"
import { toParams } from "../../ui/search-params.ts"

export const metadata: Metadata = { title: "Sessions" }

export default async function Sessions({ searchParams }: PageProps<"/sessions">) {
  return <SessionListPage params={toParams(await searchParams)} />
}
