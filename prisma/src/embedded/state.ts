import { randomBytes } from "node:crypto"
import { chmodSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"

/** What `database.json` keeps, readable by its owner alone. */
export interface State {
  password: string
  /** Relative to the folder of the file, or absolute when the data lies elsewhere. */
  dataDir: string
  /** The port of the last start. */
  port?: number
}

const defaultDatabase = "strudel_agent"

/** Returns the state kept in a folder, or undefined where no embedded database was ever started; throws if unreadable. */
export function readState(dir: string): State | undefined {
  const file = stateFile(dir)
  let text: string
  try {
    text = readFileSync(file, "utf8")
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined
    throw new Error(`cannot read ${file}: start as the user who owns it`, { cause: error })
  }
  const state = parse(text)
  if (!state) throw new Error(`${file} is damaged: restore it from a copy`)
  return state
}

/** Keeps a state with a password of its own unless the folder has one already, and returns the one that counts. */
export function createState(dir: string, dataDir: string): State {
  const state: State = { password: randomBytes(24).toString("base64url"), dataDir }
  const draft = writeDraft(dir, state)
  try {
    linkSync(draft, stateFile(dir))
    return state
  } catch (error) {
    const winner = readState(dir)
    if (!winner) throw error
    return winner
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Replaces the state in one step. */
export function writeState(dir: string, state: State): void {
  renameSync(writeDraft(dir, state), stateFile(dir))
}

/** Returns where the data lies, as an absolute path. */
export function dataDirOf(dir: string, state: State): string {
  return resolve(dir, state.dataDir)
}

/** Returns the connection URL of a database of the embedded server. */
export function embeddedUrl(password: string, port: number, database = defaultDatabase): string {
  return `postgresql://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/${encodeURIComponent(database)}`
}

/** Returns the URL of the last started embedded database of a folder, whether it runs or not, or undefined. */
export function lastUrl(dir: string, database?: string): string | undefined {
  const state = readState(dir)
  return state?.port === undefined ? undefined : embeddedUrl(state.password, state.port, database)
}

function stateFile(dir: string): string {
  return join(dir, "database.json")
}

function writeDraft(dir: string, state: State): string {
  const draft = join(dir, `database.json.${process.pid}-${randomBytes(4).toString("hex")}`)
  writeFileSync(draft, `${JSON.stringify(state, undefined, 2)}\n`, { mode: 0o600, flag: "wx", flush: true })
  chmodSync(draft, 0o600)
  return draft
}

function parse(text: string): State | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof value !== "object" || value === null || !("password" in value) || !("dataDir" in value)) return undefined
  const { password, dataDir } = value
  if (typeof password !== "string" || typeof dataDir !== "string") return undefined
  const port = "port" in value && typeof value.port === "number" ? value.port : undefined
  return port === undefined ? { password, dataDir } : { password, dataDir, port }
}
