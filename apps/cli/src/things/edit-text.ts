import { spawn } from "node:child_process"
import { readFile } from "node:fs/promises"
import { Failure, UsageError } from "../failure.ts"
import type { Run } from "../run.ts"
import { keepText, letGo } from "./keep-text.ts"

export interface TextToEdit {
  /** The name of the file, by whose ending the editor knows the language. */
  file: string
  text: string
}

function editorOf(run: Run): string {
  const { editor } = run.env
  if (editor) return editor
  if (run.io.stdin.isTTY && run.io.stdout.isTTY) return process.platform === "win32" ? "notepad" : "vi"
  throw new UsageError("Say with VISUAL or EDITOR what edits, or give the text with --file.")
}

function open(editor: string, path: string): Promise<number | null> {
  const child =
    process.platform === "win32"
      ? spawn(`${editor} "${path}"`, { stdio: "inherit", shell: true })
      : spawn("sh", ["-c", `${editor} "$@"`, editor, path], { stdio: "inherit" })
  return new Promise((resolve, reject) => {
    child.once("error", reject)
    child.once("close", resolve)
  })
}

/**
 * Lets the person edit a text and stores what became of it. Where nothing changed, nothing is stored and undefined
 * answered. What was edited stays in its file, and the failure says where, when it could not be stored.
 */
export async function editText<T>(
  run: Run,
  { file, text }: TextToEdit,
  store: (edited: string) => Promise<T>,
): Promise<T | undefined> {
  const editor = editorOf(run)
  const isEnded = text.endsWith("\n")
  const path = await keepText(file, isEnded ? text : `${text}\n`)
  const code = await run.lendTerminal(() => open(editor, path))
  // Interrupted from here on, the command still says where the text is kept.
  run.interruptible()
  const written = await readFile(path, "utf8")
  // Editors end the last line; that alone is no change.
  const edited = isEnded ? written : written.replace(/\r?\n$/, "")
  const changed = edited !== text
  if (code !== 0) {
    if (!changed) await letGo(path)
    const kept = changed ? ` What you wrote is kept in ${path}.` : ""
    throw new Failure(`${editor} ended with ${code ?? "a signal"}: nothing is stored.${kept}`)
  }
  if (!changed) {
    await letGo(path)
    return undefined
  }
  try {
    const stored = await store(edited)
    await letGo(path)
    return stored
  } catch (error) {
    run.warn(`What you wrote is kept in ${path}.`)
    throw error
  }
}
