/** Lines that a file of many resources gets for one more, told of samples. */
export interface Insertion {
  file: string
  /** The line, as a part of it, behind which the place is looked for; the beginning of the file unless told. */
  behind?: string
  /** A part of the line before or after which the text goes, or in which it goes before that part. */
  at: string
  put: "before" | "after" | "in"
  text: string
}

const model = `/// A text of a project.
model Sample {
  projectId String   @map("project_id") @db.VarChar(100)
  id        String   @db.VarChar(100)
  name      String   @db.VarChar(200)
  /// Markdown.
  body      String   @default("")
  metadata  Json     @default("{}")
  version   Int      @default(1)
  createdAt DateTime @default(now()) @map("created_at") @db.Timestamptz(3)
  updatedAt DateTime @default(now()) @updatedAt @map("updated_at") @db.Timestamptz(3)

  project Project @relation(fields: [projectId], references: [id], onDelete: Cascade, onUpdate: NoAction)

  @@id([projectId, id])
  @@index([id])
  @@index([updatedAt(sort: Desc), projectId(sort: Desc), id(sort: Desc)])
  @@index([projectId, updatedAt(sort: Desc), id(sort: Desc)])
  @@index([name, projectId, id])
  @@index([metadata(ops: JsonbPathOps)], type: Gin)
  @@map("samples")
}
`

const inDatabase: Insertion[] = [
  {
    file: "prisma/schema.prisma",
    behind: "model Project {",
    at: "ProjectFile[]",
    put: "before",
    text: "  samples Sample[]",
  },
  { file: "prisma/schema.prisma", at: "/// A file of an imported project folder", put: "before", text: model },
  {
    file: "prisma/src/item-kinds.ts",
    at: "] as const",
    put: "in",
    text: ', "sample"',
    behind: "export const itemKinds",
  },
  {
    ...{ file: "prisma/src/item-kinds.ts", behind: "export const itemTables", at: "} as const", put: "before" },
    text: '  sample: "samples",',
  },
  {
    ...{ file: "prisma/src/distribution.ts", behind: "export const placements", at: "project_files:", put: "before" },
    text: "  samples: library,",
  },
  {
    ...{
      file: "prisma/src/queries/search/mistyped-name.ts",
      behind: "const tables = {",
      at: "projects: {",
      put: "before",
    },
    text: '  samples: inProjects("s", columnsOf("samples", "s"), columnsOf("samples", "s")("body")),',
  },
]

const reasons = `  SAMPLE_NOT_FOUND: { code: "NOT_FOUND", words: "There is no such sample." },
  SAMPLE_EXISTS: { code: "CONFLICT", words: "The project has a sample of this id already." },
  SAMPLE_CHANGED: { code: "CONFLICT", words: "The sample has changed since you opened it." },`

const behindTheDoors: Insertion[] = [
  { file: "packages/contract/src/reason.ts", at: "VIEW_NOT_FOUND:", put: "before", text: reasons },
  {
    ...{
      file: "packages/contract/src/item-reason.ts",
      behind: "export const itemReasons",
      at: "  clip: {",
      put: "before",
    },
    text: '  sample: { missing: "SAMPLE_NOT_FOUND", exists: "SAMPLE_EXISTS", changed: "SAMPLE_CHANGED" },',
  },
  {
    ...{ file: "packages/library/src/folder/with-kind.ts", at: "import ", put: "before" },
    text: 'import { sampleKind } from "./sample-kind.ts"',
  },
  {
    ...{ file: "packages/library/src/folder/with-kind.ts", at: 'case "clip":', put: "before" },
    text: '    case "sample":\n      return work(sampleKind)',
  },
  {
    ...{ file: "packages/api/src/root.ts", at: "import ", put: "before" },
    text: 'import { sampleRouter } from "./router/sample.ts"',
  },
  { file: "packages/api/src/root.ts", at: "search: searchRouter", put: "before", text: "  sample: sampleRouter," },
]

const atTheDoors: Insertion[] = [
  {
    ...{ file: "apps/server/src/rest/rest.ts", at: "import ", put: "before" },
    text: 'import { sampleRoutes } from "./sample.ts"',
  },
  {
    ...{ file: "apps/server/src/rest/rest.ts", at: "searchRoutes(api", put: "before" },
    text: "      sampleRoutes(api, callerFor)",
  },
  {
    ...{ file: "apps/server/src/rest/documentation.ts", at: '{ name: "search" }', put: "before" },
    text: '        { name: "samples" },',
  },
  {
    ...{ file: "apps/cli/src/things/open-thing.ts", at: "const found = {", put: "after" },
    text: "    sample: () => client.sample.find.query(asked),",
  },
  {
    ...{ file: "apps/cli/src/things/project-items.ts", at: "const lines = await Promise.all([", put: "after" },
    text: '    linesOf("sample", (page) => client.sample.list.query({ ...asked, ...page })),',
  },
]

const reading = `async function readSample(item: Item, { detail }: ReadOptions, { client, signal }: ToolContext): Promise<Read> {
  const key = { projectId: item.projectId, id: item.id }
  const { name, version, body, metadata } = await client.sample.byId.query(key, { signal })
  const lines = [\`\${name} (\${uriOf(item)}), version \${version}\`, ...facts(metadata), "", bodyOf(body, detail)]
  return { text: lines.join("\\n"), name, version }
}
`

const listing = `  async sample({ project, sort, limit, cursor }, { client, signal }) {
    const asked = { projectId: project, sort, limit, cursor }
    const { items, nextCursor } = await client.sample.list.query(asked, { signal })
    const rows = items.map(({ projectId, id, name }) => ({
      uri: uriOf({ kind: "sample", projectId, id }),
      name: shortened(name, 60),
    }))
    return { items: rows, nextCursor }
  },`

const deleting = `  if (thing.kind === "sample") {
    const key = { projectId: thing.projectId, id: thing.id }
    const { name, version, body, metadata } = await client.sample.byId.query(key, { signal })
    return {
      what: \`the sample "\${name}"\`,
      undo: \`not possible with a tool; the person can make it again in the page, with \${metadataInWords(metadata)}. Its text:\\n\${body}\`,
      act: () => client.sample.delete.mutate({ ...key, expectedVersion: version }, { signal }),
    }
  }`

const forAgents: Insertion[] = [
  {
    ...{ file: "packages/tools/src/read-thing.ts", at: "/** Reads what an address names. */", put: "before" },
    text: reading,
  },
  {
    ...{ file: "packages/tools/src/read-thing.ts", behind: "export function readThing", at: 'case "session":' },
    ...{ put: "before", text: '    case "sample":\n      return readSample(thing, options, context)' },
  },
  { file: "packages/tools/src/tools/list.ts", at: "const readers: Record<", put: "after", text: listing },
  { file: "packages/tools/src/tools/delete.ts", at: 'if (thing.kind === "session") {', put: "before", text: deleting },
  {
    ...{ file: "packages/tools/src/tools/rename-or-tag.ts", at: "const doors = {", put: "after" },
    text: "    sample: { read: () => client.sample.byId.query(key, { signal }), write: client.sample.update.mutate },",
  },
  {
    ...{ file: "packages/mcp/src/completions.ts", at: "const lists = {", put: "after" },
    text: "    sample: () => client.sample.list.query(asked),",
  },
  {
    ...{ file: "packages/mcp/src/resources.ts", at: "const mediaTypes: Record<", put: "after" },
    text: '  sample: "text/markdown",',
  },
  {
    ...{ file: "packages/mcp/src/resources.ts", behind: "const items: Record<", at: "  clip: {", put: "before" },
    text: `  sample: {
    title: "Sample",
    description: "A sample's text",
    list: (client) => client.sample.list.query({ limit: listed }),
  },`,
  },
]

const islands = `export const SampleList = island(() => import("#features/samples/sample-list.tsx").then((part) => part.SampleList))
export const SampleView = island(() => import("#features/samples/sample-view.tsx").then((part) => part.SampleView))`

const inThePage: Insertion[] = [
  { file: "apps/web/src/app/islands.tsx", at: "export const ProjectList = ", put: "before", text: islands },
  {
    ...{ file: "apps/web/src/shared/live/live-hints.ts", behind: "const shownBy", at: "project: [", put: "before" },
    text: '  sample: ["sample", "project"],',
  },
  {
    file: "apps/web/src/shared/shell/places.ts",
    at: "import {",
    put: "in",
    text: 'import { FileTextIcon } from "lucide-react"\n',
  },
  {
    ...{ file: "apps/web/src/shared/shell/places.ts", at: 'href: "/projects"', put: "before" },
    text: '  { href: "/samples", name: "Samples", one: "sample", key: "{{key}}", icon: FileTextIcon },',
  },
  {
    file: "apps/web/src/features/search/kinds.ts",
    at: "import {",
    put: "in",
    text: 'import { FileTextIcon } from "lucide-react"\n',
  },
  {
    ...{ file: "apps/web/src/features/search/kinds.ts", at: '{ kind: "project"', put: "before" },
    text: '  { kind: "sample", name: "Samples", icon: FileTextIcon },',
  },
  {
    ...{ file: "apps/web/src/features/sessions/filter/session-filter.ts", at: 'pack: "Pack"', put: "before" },
    text: '  sample: "Sample",',
  },
]

const inTheDocs: Insertion[] = [
  { file: "docs/glossary.md", at: "| playlist |", put: "after", text: "| sample | a text of a project |" },
  {
    ...{ file: "docs/architecture.md", at: "| `features/search` |", put: "before" },
    text: "| `features/samples` | the list of samples, and the page of one |",
  },
]

/** What the files get that know all resources, layer by layer. */
export const insertions: readonly Insertion[] = [
  ...[...inDatabase, ...behindTheDoors, ...atTheDoors],
  ...[...forAgents, ...inThePage, ...inTheDocs],
]
