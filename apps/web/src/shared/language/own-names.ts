import { javascriptLanguage } from "@codemirror/lang-javascript"
import type { Node } from "./spot.ts"

/** What code makes that can be used by its name. */
export interface OwnNames {
  /** Constants and functions. */
  values: string[]
  /** What is written behind a pattern. */
  methods: string[]
  sounds: string[]
}

export const noNames: OwnNames = { values: [], methods: [], sounds: [] }

/** Signs of code beyond which nothing is looked for: it is read again as it is typed. */
const mostSigns = 50_000

const registering = new Set(["register", "createParam", "createParams", "registerControl"])
const isStatement = new Set(["VariableDeclaration", "FunctionDeclaration"])

const childrenOf = (node: Node): Node[] => {
  const children: Node[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child)
  return children
}

/** The names that a piece of code gives: to constants and functions, to methods, and to sounds that it loads. */
export function ownNamesOf(code: string, tree = javascriptLanguage.parser.parse(code.slice(0, mostSigns))): OwnNames {
  const found = { values: new Set<string>(), methods: new Set<string>(), sounds: new Set<string>() }
  const textOf = ({ from, to }: Pick<Node, "from" | "to">) => code.slice(from, to)
  const plain = (node: Node) => textOf(node).replace(/^["'`]|["'`]$/g, "")

  function call(node: Node) {
    const name = node.firstChild ? textOf(node.firstChild) : ""
    const args = node.lastChild?.name === "ArgList" ? childrenOf(node.lastChild) : []
    if (registering.has(name)) {
      const names = args.flatMap((each) => (each.name === "ArrayExpression" ? childrenOf(each) : [each]))
      for (const each of names) if (each.name === "String") found.methods.add(plain(each))
    }
    const [sounds] = args.filter((each) => each.name === "ObjectExpression")
    if (name !== "samples" || !sounds) return
    for (const property of childrenOf(sounds)) {
      const key = property.name === "Property" ? property.firstChild : null
      if (key && !textOf(key).includes("_base")) found.sounds.add(plain(key))
    }
  }

  tree.iterate({
    to: mostSigns,
    enter: ({ node }) => {
      if (node.name === "CallExpression") call(node)
      if (isStatement.has(node.name) && node.parent?.name === "Script")
        for (const child of childrenOf(node)) if (child.name === "VariableDefinition") found.values.add(textOf(child))
    },
  })
  return { values: [...found.values], methods: [...found.methods], sounds: [...found.sounds] }
}

/** All names of several, each once. */
export const joinNames = (all: OwnNames[]): OwnNames => ({
  values: [...new Set(all.flatMap(({ values }) => values))],
  methods: [...new Set(all.flatMap(({ methods }) => methods))],
  sounds: [...new Set(all.flatMap(({ sounds }) => sounds))],
})
