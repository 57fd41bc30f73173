import { chooseTools, type ToolChoice } from "@strudel-agent/tools/all-tools"
import type { AnyTool } from "@strudel-agent/tools/tool"

/** How a choice of tools is written: in headers, in an address, or as the flags of a command. */
export interface WrittenChoice {
  /** Whether only what changes nothing is wanted: "true", "1" or nothing behind the name. */
  readOnly: string | null | undefined
  /** Names of tools, parted by commas; all of them where nothing is said, and what says no name is refused. */
  tools: string | null | undefined
}

/** Reads a written choice. */
export function readChoice({ readOnly, tools }: WrittenChoice): ToolChoice {
  const names = tools?.split(",").flatMap((name) => name.trim() || [])
  return {
    readOnly: readOnly !== null && readOnly !== undefined && !/^(?:false|0|no|off)$/i.test(readOnly.trim()),
    only: names,
  }
}

/** The tools of a request: its headers `x-strudel-read-only` and `x-strudel-tools`, or `read_only` and `tools` of its address. */
export function toolsOfRequest({ headers, url }: Request): readonly AnyTool[] {
  const { searchParams } = new URL(url)
  return chooseTools(
    readChoice({
      readOnly: headers.get("x-strudel-read-only") ?? searchParams.get("read_only"),
      tools: headers.get("x-strudel-tools") ?? searchParams.get("tools"),
    }),
  )
}
