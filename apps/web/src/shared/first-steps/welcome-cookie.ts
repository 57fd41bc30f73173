import { keepCookie } from "#shared/browser/cookies.ts"

const name = "welcome"
const closed = "closed"

/** Whether cookies say that somebody does not want to be met by the page for newcomers. */
export const isWelcomeClosed = (cookies: { get(name: string): { value: string } | undefined }): boolean =>
  cookies.get(name)?.value === closed

/** Keeps that nobody is to be met by that page in this browser. */
export const closeWelcome = (): void => keepCookie(name, closed)
