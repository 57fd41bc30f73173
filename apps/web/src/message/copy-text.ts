import { writeClipboard } from "../ui/clipboard.ts"
import { complain, say } from "../ui/toast.tsx"

/** Copies a text and says so. */
export async function copyText(text: string, what: string): Promise<void> {
  try {
    await writeClipboard(text)
    say(`Copied ${what}.`)
  } catch {
    complain(`The browser refused to copy ${what}.`)
  }
}
