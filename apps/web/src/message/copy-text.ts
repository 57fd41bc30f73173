import { complain, say } from "../ui/toast.tsx"

/** Copies a text and says so. Browsers refuse it outside of https and localhost. */
export async function copyText(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    say(`Copied ${what}.`)
  } catch {
    complain(`The browser refused to copy ${what}.`)
  }
}
