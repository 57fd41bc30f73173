/**
 * Puts a text on the clipboard; rejects where the browser refuses. A page that came without https from another machine
 * has no `navigator.clipboard`: there the older command does it, while the press of a button is being handled.
 */
export async function writeClipboard(text: string): Promise<void> {
  // The types promise it everywhere.
  if ("clipboard" in navigator) return navigator.clipboard.writeText(text)
  const onCopy = (event: ClipboardEvent) => {
    event.clipboardData?.setData("text/plain", text)
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  document.addEventListener("copy", onCopy, { capture: true })
  try {
    if (!document.execCommand("copy")) throw new Error("the browser refused to copy")
  } finally {
    document.removeEventListener("copy", onCopy, { capture: true })
  }
}
