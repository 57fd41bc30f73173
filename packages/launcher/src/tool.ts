import { type ChildProcess, spawn } from "node:child_process"
import { join } from "node:path"
import { isEnding, stopAtEnd } from "./ending.ts"
import { toolEnvironment } from "./environment.ts"
import type { Command } from "./package-manager.ts"
import { launcherFile, root } from "./project.ts"

export interface ToolOptions {
  env?: NodeJS.ProcessEnv | undefined
  cwd?: string
  /** Returns the output instead of showing it. */
  quiet?: boolean
  /** Milliseconds after which the tool is stopped. */
  limit?: number
}

export interface ToolResult {
  code: number
  output: string
}

const group = launcherFile("dist/tool-group.mjs")

/**
 * Runs a program to its end, showing its output or, if it is quiet, returning it. The program and all it started end with
 * this process, and are stopped after `limit` milliseconds.
 */
export async function runTool(
  [program, ...args]: Command,
  { env, cwd = root, quiet = false, limit }: ToolOptions = {},
): Promise<ToolResult> {
  const shown = quiet ? "pipe" : "inherit"
  const leader = spawn(process.execPath, [group, program, ...args], {
    ...{ cwd, env, windowsHide: true, detached: process.platform !== "win32" },
    stdio: ["ignore", shown, shown, "ipc"],
  })
  const output: Buffer[] = []
  for (const stream of [leader.stdout, leader.stderr]) stream?.on("data", (chunk: Buffer) => void output.push(chunk))

  const closed = untilClosed(leader)
  const tell = (words: string) => void (leader.connected && leader.send(words, () => {}))
  const stop = () => {
    tell("stop")
    return closed
  }
  const takeBack = stopAtEnd({ stop, kill: () => tell("kill") })
  const timer = limit === undefined ? undefined : setTimeout(stop, limit)

  const code = await closed
  clearTimeout(timer)
  takeBack()
  // Whoever waits for the result of a program that was stopped waits until this process exits.
  return isEnding() ? new Promise(() => {}) : { code: code ?? 1, output: Buffer.concat(output).toString() }
}

/** Runs a Node program as `runTool` does. */
export function runNode(command: Command, options?: ToolOptions): Promise<ToolResult> {
  return runTool([process.execPath, ...command], options)
}

/** Resolves to the exit code, without waiting long for those who inherited the output and outlive the program. */
function untilClosed(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.once("close", resolve)
    child.once("exit", (code) => setTimeout(resolve, 500, code))
  })
}

/** Builds a folder of the workspace that is a program of its own, and runs it there or elsewhere; resolves to the exit code. */
export async function buildAndRun(
  folder: string,
  { argumentsOf, cwd = join(root, folder) }: { argumentsOf: () => Promise<string[]>; cwd?: string },
): Promise<number> {
  const env = toolEnvironment()
  const built = await runNode([join(root, folder, "build.mjs")], { env, cwd: join(root, folder) })
  if (built.code !== 0) return built.code
  const { code } = await runNode([join(root, folder, "dist/main.mjs"), ...(await argumentsOf())], { env, cwd })
  return code
}
