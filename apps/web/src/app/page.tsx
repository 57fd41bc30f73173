import { cookies } from "next/headers"
import { redirect } from "next/navigation"
import { isNewLibrary, newLibrary } from "#features/welcome/welcome-inputs.ts"
import { inTime } from "#shared/api/in-time.ts"
import { getAnswers } from "#shared/api/server.ts"
import { isWelcomeClosed } from "#shared/first-steps/welcome-cookie.ts"
import { toParams } from "#shared/url-state/search-params.ts"
import { SessionListPage } from "./session-list-page.tsx"

/** Milliseconds that the page waits to be told whether a newcomer comes. */
const timeout = 500

/** Whether a newcomer comes: the library holds no more than its samples, and nobody said that the page is not wanted. */
async function isNewcomer(): Promise<boolean> {
  if (isWelcomeClosed(await cookies())) return false
  const { client } = getAnswers()
  const lists = Promise.all([
    client.session.list.query(newLibrary.sessions),
    client.project.list.query(newLibrary.projects),
  ])
  // Where they fail or are late, the list of sessions says what is wrong.
  return inTime(
    lists.then(([sessions, projects]) => isNewLibrary(sessions.items, projects.items)),
    timeout,
    false,
  )
}

export default async function Home({ searchParams }: PageProps<"/">) {
  const asked = await searchParams
  // A page of its own address: the navigation marks no other as the one that is shown.
  if (Object.keys(asked).length === 0 && (await isNewcomer())) redirect("/welcome")
  return <SessionListPage params={toParams(asked)} />
}
