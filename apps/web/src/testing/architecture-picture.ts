import { type Graph, withoutShortcuts } from "./graph.ts"

const idOf = (name: string): string => name.replaceAll(/[^a-z]/g, "_")

const nodes = (names: string[]): string[] =>
  names.toSorted().map((name) => `${idOf(name)}["${name.replace(/^(?:features|shared)\//, "")}"]`)

const arrows = (graph: Graph): string[] =>
  [...withoutShortcuts(graph)]
    .flatMap(([name, others]) => [...others].map((other) => `${idOf(name)} --> ${idOf(other)}`))
    .toSorted()

const box = (id: string, title: string, lines: string[]): string[] => [
  `subgraph ${id} ["${title}"]`,
  ...lines.map((line) => `  ${line}`),
  "end",
]

/** A graph of those names alone that a test takes. */
const part = (graph: Graph, isPart: (name: string) => boolean): Graph =>
  new Map(
    [...graph].filter(([name]) => isPart(name)).map(([name, others]) => [name, new Set([...others].filter(isPart))]),
  )

/** Draws the packages of the workspace, and the folders of the page, as a diagram of Mermaid. */
export function drawArchitecture(packages: Graph, areas: Graph): string {
  const features = part(areas, (name) => name.startsWith("features/"))
  const shared = part(areas, (name) => name.startsWith("shared/"))
  const lines = [
    ...box("workspace", "The packages", [...nodes([...packages.keys()]), ...arrows(packages)]),
    ...box("page", "The folders of apps/web/src", [
      'app["app: the routes"]',
      ...box("features", "features", nodes([...features.keys()])),
      ...box("shared", "shared", [...nodes([...shared.keys()]), ...arrows(shared)]),
      "app --> features",
      "features --> shared",
    ]),
    "apps_web -.- app",
  ]
  return ["flowchart TB", ...lines.map((line) => `  ${line}`)].join("\n")
}
