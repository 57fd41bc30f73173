import { type ChildProcess, fork } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null

/** The database of the product that is tested: the one that comes along, as its data folder says. */
function databaseUrl(): string {
  const dir = process.env.E2E_DATA_DIR ?? ""
  const state: unknown = JSON.parse(readFileSync(join(dir, "database.json"), "utf8"))
  if (!isRecord(state) || typeof state.password !== "string" || typeof state.port !== "number") {
    throw new Error("E2E_DATA_DIR must name the data folder of the product at E2E_URL")
  }
  return `postgresql://postgres:${encodeURIComponent(state.password)}@127.0.0.1:${state.port}/strudel_agent`
}

export interface SecondServer {
  url: string
  stop(): Promise<void>
}

/** Starts another server process on the database of the product that is tested. It must have been built. */
export async function startSecondServer(): Promise<SecondServer> {
  const script = join(import.meta.dirname, "..", "..", "apps", "server", "dist", "main.mjs")
  const child = fork(script, {
    env: { ...process.env, DATABASE_URL: databaseUrl(), HOST: "127.0.0.1", PORT: "0", LOG_LEVEL: "warn", WEB_URL: "" },
  })
  const url = await new Promise<string>((resolve, reject) => {
    child.once("message", (message: unknown) => {
      if (isRecord(message) && typeof message.url === "string") resolve(message.url)
    })
    child.once("exit", (code) => reject(new Error(`the second server ended with ${code}`)))
  })
  return { url, stop: () => end(child) }
}

const end = (child: ChildProcess) =>
  new Promise<void>((resolve) => {
    child.once("exit", () => resolve())
    child.kill("SIGTERM")
  })
