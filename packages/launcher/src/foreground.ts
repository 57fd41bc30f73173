import { spawn } from "node:child_process"
import { constants } from "node:os"
import type { Command } from "./package-manager.ts"

/** Runs a Node program that talks to the user itself, and resolves to its exit code. */
export function runInForeground(
  command: Command,
  { cwd, env }: { cwd?: string; env: NodeJS.ProcessEnv },
): Promise<number> {
  const child = spawn(process.execPath, command, { cwd, env, stdio: "inherit" })
  // A terminal sends Ctrl-C to the program as well; either way this process stays until the program is done.
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"))
  for (const signal of ["SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal))
  return new Promise((resolve, reject) => {
    child.once("error", reject)
    child.once("exit", (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)))
  })
}
