import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"

/** What browsers keep to pages that came by https or from this machine, and the files that know how to do without. */
const secureOnly: [name: RegExp, knowing: string[]][] = [
  [/\brandomUUID\b/, []],
  [/\bcrypto\.subtle\b/, []],
  [/\bnavigator\.(?:locks|serviceWorker|storage|credentials|share|mediaDevices|requestMIDIAccess)\b/, []],
  [/\b(?:cookieStore|caches|showSaveFilePicker|showOpenFilePicker|showDirectoryPicker)\b[.(]/, []],
  [/\bnavigator\.clipboard\b/, ["shared/browser/clipboard.ts"]],
  [/\bnavigator\.wakeLock\b/, ["features/stage/wake-lock.ts"]],
]

const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" }).filter((path) =>
  /(?<!\.test)\.tsx?$/.test(path),
)

it.each(secureOnly)("a page that came without https does not stumble over %s", (name, knowing) => {
  expect(sources.length).toBeGreaterThan(100)
  const using = sources.filter((path) => name.test(readFileSync(join(import.meta.dirname, path), "utf8")))
  expect(using.sort()).toEqual(knowing)
})
