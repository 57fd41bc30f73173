import type { InputFile } from "@strudel-agent/importer/input-file"
import { isCovered } from "#shared/keyboard/covered.ts"
import { showToast, toastError } from "#shared/ui/toast.tsx"
import { formatNumber } from "#shared/words/count.ts"
import { setOffer } from "./import-state.ts"
import { mostFiles, readChosen, TooManyFiles } from "./read-dropped.ts"

/** The project whose page, or whose item's page, is open. */
function openProject(): string | undefined {
  const [, first, id] = location.pathname.split("/")
  if (first === "projects" && id) return decodeURIComponent(id)
  return new URLSearchParams(location.search).get("project") ?? undefined
}

/** Resolves once no dialog and no menu is open: what is typed there is not lost to another one. */
async function uncovered(): Promise<void> {
  if (!isCovered(null)) return
  showToast("The files are imported once what is open here is closed.")
  await new Promise<void>((resolve) => {
    const observer = new MutationObserver(() => {
      if (isCovered(null)) return
      observer.disconnect()
      resolve()
    })
    observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ["open", "role"] })
  })
}

/** Milliseconds after which a folder is large enough for a word about it. */
const soon = 600

/** Opens the import of what a person gave. Never rejects. */
export async function requestImport(reading: Promise<InputFile[]>): Promise<void> {
  const projectId = openProject()
  const timeout = setTimeout(showToast, soon, "Looking through what was dropped…")
  try {
    const given = await reading.finally(() => clearTimeout(timeout))
    if (given.length === 0) return toastError("The browser gave nothing of what was dropped.")
    await uncovered()
    setOffer({ given, projectId })
  } catch (error) {
    toastError(
      error instanceof TooManyFiles
        ? `These are more than ${formatNumber(mostFiles)} files: import them with the command line, npm run -s cli -- import.`
        : "What was dropped could not be read.",
    )
  }
}

/** Lets a person choose files, or a folder, in the browser's own dialog. Has to be called by a press. */
export function choose(what: "files" | "folder"): void {
  const input = document.createElement("input")
  input.type = "file"
  input.multiple = true
  if (what === "folder") input.webkitdirectory = true
  input.addEventListener("change", () => void requestImport((async () => readChosen(input.files ?? []))()))
  input.click()
}
