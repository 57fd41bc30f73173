import { writeClipboard } from "#shared/browser/clipboard.ts"
import { complain, say } from "#shared/ui/toast.tsx"

/** Copies a text and says so. */
export async function copyText(text: string, what: string): Promise<void> {
  try {
    await writeClipboard(text)
    say(`Copied ${what}.`)
  } catch {
    complain(`The browser refused to copy ${what}.`)
  }
}
