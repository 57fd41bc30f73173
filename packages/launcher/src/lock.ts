import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import { codeOf } from "@strudel-agent/process/error-code"
import { isAlive } from "@strudel-agent/process/is-alive"

/** What a process that holds a lock tells others. */
export interface Facts {
  host?: string
  port?: number
  /** Where it serves. */
  url?: string
  /** Whether it is about to end. */
  isEnding?: boolean
}

export type Holder = Facts & { pid: number }

export interface Lock {
  holder?: undefined
  release(): void
  update(more: Facts): void
}

const beatMilliseconds = 5_000
/** A computer that wakes from sleep gets this long to beat again. */
const staleMilliseconds = 30_000

/**
 * Takes a lock that a file stands for, and with it keeps facts for others to read; it ends with this process. Where a
 * living process has it, returns that one's facts.
 */
export function takeLock(file: string, facts: Facts = {}): Lock | { holder: Holder } {
  mkdirSync(dirname(file), { recursive: true })
  for (;;) {
    const mine = { pid: process.pid, ...facts }
    if (create(file, mine)) return held(file, mine)
    const holder = readHolder(file)
    if (holder) return { holder }
    putAside(file)
  }
}

/** Returns the facts of the living process that holds a lock, or undefined. */
export function readHolder(file: string): Holder | undefined {
  const facts = readFacts(file)
  if (!facts || !isAlive(facts.pid)) return undefined
  // After a crash of the machine the number may be another process's, which does not keep the file fresh.
  const modified = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
  return Date.now() - modified < staleMilliseconds ? facts : undefined
}

/** Returns the facts that the last holder left, living or not, or undefined. */
export function readFacts(file: string): Holder | undefined {
  try {
    const facts: Holder | null = JSON.parse(readFileSync(file, "utf8"))
    return Number.isInteger(facts?.pid) ? (facts ?? undefined) : undefined
  } catch {
    return undefined
  }
}

function held(file: string, facts: Holder): Lock {
  const isMine = () => readFacts(file)?.pid === process.pid
  const beat = () => {
    try {
      if (isMine()) utimesSync(file, new Date(), new Date())
    } catch {
      // The file, or the disk that it lies on, is gone or cannot be written: others may take the lock.
    }
  }
  const timer = setInterval(beat, beatMilliseconds)
  timer.unref()
  const release = () => {
    clearInterval(timer)
    process.removeListener("exit", release)
    if (isMine()) rmSync(file, { force: true })
  }
  process.once("exit", release)
  return { release, update: (more) => renameSync(writeDraft(file, Object.assign(facts, more)), file) }
}

/** Never lets others see the file without its content. */
function create(file: string, facts: Holder): boolean {
  const draft = writeDraft(file, facts)
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

function writeDraft(file: string, facts: Holder): string {
  const draft = `${file}.${process.pid}`
  try {
    writeFileSync(draft, `${JSON.stringify(facts)}\n`, { mode: 0o600 })
    return draft
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

function putAside(file: string): void {
  const aside = `${file}.${process.pid}.stale`
  try {
    renameSync(file, aside)
    // Another process may have found the same stale lock, and what was renamed is the one it has just taken.
    if (readHolder(aside)) linkSync(aside, file)
    rmSync(aside, { force: true })
  } catch (error) {
    if (!["ENOENT", "EEXIST"].includes(codeOf(error) ?? "")) throw error
  }
}
