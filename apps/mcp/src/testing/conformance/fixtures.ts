import { completable, type McpServer, ResourceTemplate } from "@modelcontextprotocol/server"
import type { Extension } from "@strudel-agent/mcp/create-server"
import { z } from "zod"
import { addInputFixtures, requestState } from "./input-fixtures.ts"
import { addSchemaFixtures } from "./schema-fixtures.ts"

/** The smallest PNG and WAV there are. */
const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
const wav = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA="

const image = { type: "image", data: png, mimeType: "image/png" } as const
const says = (text: string) => ({ type: "text", text }) as const
const embedded = (uri: string, text: string, mimeType = "text/plain") => ({
  type: "resource" as const,
  resource: { uri, mimeType, text },
})

function addTools(server: McpServer): void {
  const add = (name: string, content: Parameters<typeof answer>[0]) =>
    server.registerTool(name, { description: `What the suite asks for as ${name}` }, () => answer(content))
  const answer = (
    content: (
      | ReturnType<typeof says>
      | typeof image
      | ReturnType<typeof embedded>
      | { type: "audio"; data: string; mimeType: string }
    )[],
  ) => ({ content })
  add("test_simple_text", [says("This is a simple text response for testing.")])
  add("test_image_content", [image])
  add("test_audio_content", [{ type: "audio", data: wav, mimeType: "audio/wav" }])
  add("test_embedded_resource", [embedded("test://embedded-resource", "This is an embedded resource content.")])
  add("test_multiple_content_types", [
    says("Multiple content types test:"),
    image,
    embedded("test://mixed-content-resource", '{"test":"data","value":123}', "application/json"),
  ])
  server.registerTool("test_error_handling", { description: "Fails" }, () => {
    throw new Error("This tool intentionally returns an error for testing")
  })
  server.registerTool("test_tool_with_progress", { description: "Tells how far it is" }, async (ctx) => {
    const progressToken = ctx.mcpReq._meta?.progressToken
    if (progressToken !== undefined) {
      for (const progress of [0, 50, 100]) {
        await ctx.mcpReq.notify({ method: "notifications/progress", params: { progressToken, progress, total: 100 } })
      }
    }
    return { content: [says(String(progressToken ?? "no token"))] }
  })
  for (const name of ["test_tool_with_logging", "test_logging_tool"]) {
    server.registerTool(name, { description: "Logs what it does" }, async (ctx) => {
      for (const data of ["Tool execution started", "Tool processing data", "Tool execution completed"]) {
        await ctx.mcpReq.log("info", data)
      }
      return { content: [says("Tool with logging executed successfully")] }
    })
  }
}

function addResources(server: McpServer): void {
  server.registerResource("static-text", "test://static-text", { mimeType: "text/plain" }, ({ href: uri }) => ({
    contents: [{ uri, mimeType: "text/plain", text: "This is the content of the static text resource." }],
  }))
  server.registerResource("static-binary", "test://static-binary", { mimeType: "image/png" }, ({ href: uri }) => ({
    contents: [{ uri, mimeType: "image/png", blob: png }],
  }))
  const template = new ResourceTemplate("test://template/{id}/data", { list: undefined })
  server.registerResource("template", template, { mimeType: "application/json" }, ({ href: uri }, { id }) => ({
    contents: [
      {
        uri,
        mimeType: "application/json",
        text: JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` }),
      },
    ],
  }))
}

function addPrompts(server: McpServer): void {
  const user = <Content>(content: Content) => ({ role: "user" as const, content })
  server.registerPrompt("test_simple_prompt", { description: "Without arguments" }, () => ({
    messages: [user(says("This is a simple prompt for testing."))],
  }))
  const argument = (name: string) =>
    completable(z.string().describe(name), (begins) =>
      ["paris", "park", "party"].filter((each) => each.startsWith(begins)),
    )
  server.registerPrompt(
    "test_prompt_with_arguments",
    { description: "With arguments", argsSchema: z.object({ arg1: argument("First"), arg2: argument("Second") }) },
    ({ arg1, arg2 }) => ({ messages: [user(says(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`))] }),
  )
  server.registerPrompt(
    "test_prompt_with_embedded_resource",
    { description: "With a resource", argsSchema: z.object({ resourceUri: z.string() }) },
    ({ resourceUri }) => ({
      messages: [
        user(embedded(resourceUri, "Embedded resource content for testing.")),
        user(says("Please process the embedded resource above.")),
      ],
    }),
  )
  server.registerPrompt("test_prompt_with_image", { description: "With an image" }, () => ({
    messages: [user(image), user(says("Please analyze the image above."))],
  }))
}

/** What the conformance suite asks its servers for: things by its own names, beside those of the library. */
export const fixtures: Extension = {
  requestState,
  extend(server) {
    server.server.registerCapabilities({ logging: {} })
    addTools(server)
    addResources(server)
    addPrompts(server)
    addSchemaFixtures(server)
    addInputFixtures(server)
  },
}
