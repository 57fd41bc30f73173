import type { InputFile } from "@strudel-agent/importer/input-file"
import { isHidden } from "@strudel-agent/importer/source"

/** Files of one import of the page; the command line has no such limit. */
export const mostFiles = 20_000

/** What was given is more than a page imports at once. */
export class TooManyFiles extends Error {}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isDirectory = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory

const readSome = (reader: FileSystemDirectoryReader) =>
  new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))

/** A file that is gone or closed to the browser is told with the others, as one that cannot be read. */
const fileOf = (entry: FileSystemFileEntry) =>
  new Promise<Pick<File, "size" | "arrayBuffer">>((resolve) => {
    entry.file(resolve, (error) => resolve({ size: 0, arrayBuffer: () => Promise.reject(error) }))
  })

async function walk(entry: FileSystemEntry, path: string, given: InputFile[]): Promise<void> {
  if (given.length >= mostFiles) throw new TooManyFiles()
  if (isFile(entry)) {
    const file = await fileOf(entry)
    given.push({ path, file })
  } else if (isDirectory(entry)) {
    given.push({ path })
    if (isHidden(entry.name)) return
    const reader = entry.createReader()
    for (let some = await readSome(reader); some.length > 0; some = await readSome(reader)) {
      const walkTo = (child: FileSystemEntry) => walk(child, `${path}/${child.name}`, given)
      // A browser takes milliseconds for each file, and answers many at a time.
      await Promise.all(some.filter(isFile).map(walkTo))
      for (const child of some.filter(isDirectory)) await walkTo(child)
    }
  }
}

/** Reads what was dropped; the browser tells of it only during the event, so it is asked at once. Rejects with TooManyFiles. */
export function readDropped({ items, files }: DataTransfer): Promise<InputFile[]> {
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? [])
  const loose = entries.length === 0 ? [...files] : []
  return (async () => {
    const given: InputFile[] = loose.map((file) => ({ path: file.name, file }))
    for (const entry of entries) await walk(entry, entry.name, given)
    return given
  })()
}

/** Reads what was chosen in the browser's own dialog. Throws TooManyFiles. */
export function readChosen(files: Iterable<File>): InputFile[] {
  const given = Array.from(files, (file) => ({ path: file.webkitRelativePath || file.name, file }))
  if (given.length > mostFiles) throw new TooManyFiles()
  return given
}
