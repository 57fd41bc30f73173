import { cookies } from "next/headers"
import { isNewLibrary, newLibrary, welcomeCookie } from "#features/welcome/welcome-inputs.ts"
import { getAnswers } from "#shared/api/server.ts"
import { toParams } from "#shared/url-state/search-params.ts"
import { SessionListPage } from "./session-list-page.tsx"
import { WelcomePage } from "./welcome-page.tsx"

/** Whether a newcomer comes: nobody has begun anything here, nor said that the page is not wanted. */
async function isNewcomer(): Promise<boolean> {
  const closed = (await cookies()).get(welcomeCookie.name)?.value
  if (closed === welcomeCookie.closed) return false
  const { client } = getAnswers()
  try {
    const [sessions, projects] = await Promise.all([
      client.session.list.query(newLibrary.sessions),
      client.project.list.query(newLibrary.projects),
    ])
    return isNewLibrary(sessions.items, projects.items)
  } catch {
    // The list says what is wrong.
    return false
  }
}

export default async function Home({ searchParams }: PageProps<"/">) {
  const asked = await searchParams
  if (Object.keys(asked).length === 0 && (await isNewcomer())) return <WelcomePage />
  return <SessionListPage params={toParams(asked)} />
}
