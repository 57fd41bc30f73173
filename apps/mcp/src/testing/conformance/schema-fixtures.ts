import { fromJsonSchema, type McpServer } from "@modelcontextprotocol/server"
import { z } from "zod"

const says = (text: string) => ({ content: [{ type: "text" as const, text }] })

/** Words of JSON Schema that a list of tools has to pass on. */
const wide = fromJsonSchema<{ name?: string }>({
  $schema: "https://json-schema.org/draft/2020-12/schema",
  type: "object",
  $defs: {
    address: {
      $anchor: "addressDef",
      type: "object",
      properties: { street: { type: "string" }, city: { type: "string" } },
    },
  },
  properties: {
    name: { type: "string" },
    address: { $ref: "#/$defs/address" },
    contactMethod: { type: "string", enum: ["phone", "email"] },
    phone: { type: "string" },
    email: { type: "string" },
  },
  allOf: [{ anyOf: [{ required: ["phone"] }, { required: ["email"] }] }],
  if: { properties: { contactMethod: { const: "phone" } }, required: ["contactMethod"] },
  // biome-ignore lint/suspicious/noThenProperty: it is a word of JSON Schema, and nothing is called by it
  then: { required: ["phone"] },
  else: { required: ["email"] },
  additionalProperties: false,
})

/** An argument that stands in a header, too, and is refused where the two differ. */
const withHeader = z.object({ region: z.string().meta({ "x-mcp-header": "Region" }).optional() })

/** Adds the tools whose schemas the suite looks at. */
export function addSchemaFixtures(server: McpServer): void {
  server.registerTool(
    "json_schema_2020_12_tool",
    { description: "Tool with JSON Schema 2020-12 features", inputSchema: wide },
    ({ name }) => says(name ?? "nobody"),
  )
  server.registerTool(
    "test_custom_headers",
    { description: "Takes an argument that a header repeats", inputSchema: withHeader },
    ({ region }) => says(region ?? "nowhere"),
  )
}
