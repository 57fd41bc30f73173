import { parseArgs } from "node:util"
import { readChoice } from "@strudel-agent/mcp/choice"
import { chooseTools } from "@strudel-agent/tools/all-tools"
import type { AnyTool } from "@strudel-agent/tools/tool"

/** The command was called in a way that it does not understand. */
export class UsageError extends Error {}

export interface Env {
  /** The server's address, without a path. */
  url: string
  token: string | undefined
  tools: readonly AnyTool[]
}

const usualUrl = "http://127.0.0.1:3000"

export const usage = `Usage: strudel-agent-mcp [--read-only] [--tools search,read,…]

A server of the Model Context Protocol over standard input and output, for the settings of an agent.

  --read-only   only tools that change nothing
  --tools       only these tools

Environment:
  STRUDEL_URL         the server's address (default ${usualUrl})
  STRUDEL_TOKEN       the token, where the server asks for one
  STRUDEL_READ_ONLY   true for --read-only
  STRUDEL_TOOLS       the same as --tools`

/** Reads the flags and the environment; throws a usage error that names what is wrong. */
export function readEnv(argv: string[], source: Record<string, string | undefined>): Env {
  const { values } = parsed(argv)
  const given = source.STRUDEL_URL || usualUrl
  const url = given.trim().replace(/\/+$/, "")
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    throw new UsageError(`STRUDEL_URL is "${given}", but an address looks like ${usualUrl}.`)
  }
  const readOnly = values["read-only"] ? "true" : source.STRUDEL_READ_ONLY || "false"
  return {
    url,
    token: source.STRUDEL_TOKEN || undefined,
    tools: chooseTools(readChoice({ readOnly, tools: values.tools ?? (source.STRUDEL_TOOLS || undefined) })),
  }
}

function parsed(argv: string[]) {
  try {
    return parseArgs({ args: argv, options: { "read-only": { type: "boolean" }, tools: { type: "string" } } })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}
