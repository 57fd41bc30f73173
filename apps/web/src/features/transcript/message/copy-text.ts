import { writeClipboard } from "#shared/browser/clipboard.ts"
import { showToast, toastError } from "#shared/ui/toast.tsx"

/** Copies a text and says so. */
export async function copyText(text: string, what: string): Promise<void> {
  try {
    await writeClipboard(text)
    showToast(`Copied ${what}.`)
  } catch {
    toastError(`The browser refused to copy ${what}.`)
  }
}
