import type { CallToolResult, McpServer, StandardSchemaWithJSON } from "@modelcontextprotocol/server"
import { callTool } from "@strudel-agent/tools/call-tool"
import { jsonSchemaOf } from "@strudel-agent/tools/json-schema"
import type { AnyTool, ToolContext, ToolFile } from "@strudel-agent/tools/tool"
import type { z } from "zod"
import { viewOf } from "./chat-view.ts"
import type { ServerSettings } from "./create-server.ts"

/** A schema that is told and not held: the tool checks its input itself and says what to change. */
function describedSchema(schema: z.ZodObject, io: "input" | "output"): StandardSchemaWithJSON<unknown, unknown> {
  const json = () => jsonSchemaOf(schema, io)
  return {
    "~standard": {
      version: 1,
      vendor: "strudel-agent",
      validate: (value) => ({ value }),
      jsonSchema: { input: json, output: json },
    },
  }
}

const failed = (text: string): CallToolResult => ({ content: [{ type: "text", text }], isError: true })

/** What a model is told where the fault is the server's own. */
export const serverFault =
  "Something went wrong in the server, and it was logged. Call again; if it happens again, tell the person."

const fileContent = (name: string, { mediaType, base64 }: ToolFile) =>
  ({
    type: "resource",
    resource: { uri: `strudel://file/${encodeURIComponent(name)}`, mimeType: mediaType, blob: base64 },
  }) as const

async function call(
  tool: AnyTool,
  input: unknown,
  { context, onError }: ServerSettings & { context: ToolContext },
): Promise<CallToolResult> {
  try {
    const result = await callTool(tool, input, context)
    if (!result.ok) return failed(result.text)
    const { text, data, file } = result
    return {
      content: [{ type: "text", text }, ...(file ? [fileContent(file.name, file)] : [])],
      structuredContent: data,
    }
  } catch (error) {
    onError?.(error)
    return failed(serverFault)
  }
}

/** Registers the tools that are chosen. */
export function addTools(server: McpServer, settings: ServerSettings): void {
  for (const tool of settings.tools) {
    const { name, title, description, input, output, hints } = tool
    server.registerTool(
      name,
      {
        title,
        description,
        inputSchema: describedSchema(input, "input"),
        outputSchema: describedSchema(output, "output"),
        annotations: {
          readOnlyHint: hints.readOnly,
          destructiveHint: hints.destructive,
          idempotentHint: hints.idempotent,
          openWorldHint: hints.openWorld,
        },
        ...(settings.loadView ? viewOf(tool) : {}),
      },
      (given: unknown, { mcpReq: { signal } }) =>
        call(tool, given, { ...settings, context: { ...settings.context, signal } }),
    )
  }
}
