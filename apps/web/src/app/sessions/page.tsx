import type { Metadata } from "next"
import { toParams } from "#shared/url-state/search-params.ts"
import { SessionListPage } from "../session-list-page.tsx"

export const metadata: Metadata = { title: "Sessions" }

export default async function Sessions({ searchParams }: PageProps<"/sessions">) {
  return <SessionListPage params={toParams(await searchParams)} />
}
