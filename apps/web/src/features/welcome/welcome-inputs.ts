/** Sessions and projects of a library in which nobody has done anything yet: it has no more than its samples. */
const mostOfNew = 6

/** What tells whether a library is new. */
export const newLibrary = {
  sessions: { limit: mostOfNew + 1, preview: false },
  projects: { limit: mostOfNew + 1 },
} as const

/** What is offered to be heard: the clips that were last changed. */
export const clipsToHear = { limit: 6 } as const

/** The cookie that says that somebody does not want to be met by the page, and its value then. */
export const welcomeCookie = { name: "welcome", closed: "closed" } as const

/** Whether nobody has begun a session: those of samples and imports are answered by nobody. */
export const isNewLibrary = (sessions: readonly { answeredBy: string }[], projects: readonly unknown[]): boolean =>
  sessions.length <= mostOfNew &&
  projects.length <= mostOfNew &&
  sessions.every(({ answeredBy }) => answeredBy === "none")
