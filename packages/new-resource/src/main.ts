import { spawnSync } from "node:child_process"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { parseArgs } from "node:util"
import type { Names } from "./names.ts"
import { type PlannedFile, planResource, Refusal } from "./plan.ts"

const usage = `Usage: npm run -s new-resource -- <name> [--plural <names>] [--dry-run]

Writes a resource of projects, such as sample: a text with a name, in every layer from the database to the page.
--plural says what several are called where that is not the name with an s; --dry-run only tells what would be written.
`

interface Asked {
  names: Names
  dryRun: boolean
}

function readArguments(): Asked | undefined {
  const options = { plural: { type: "string" }, "dry-run": { type: "boolean" }, help: { type: "boolean" } } as const
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true })
    const [one, ...more] = positionals
    if (values.help || one === undefined || more.length > 0) return undefined
    return { names: { one, many: values.plural ?? `${one}s` }, dryRun: values["dry-run"] ?? false }
  } catch {
    return undefined
  }
}

const listed = (files: PlannedFile[]) =>
  files.map(({ path, isChanged }) => `${isChanged ? "changes" : "writes "} ${path}\n`).join("")

/** The package manager with its version, without which turbo runs nothing. */
const packageManagerOf = (root: string): string =>
  /"packageManager": "([^"+]+)/.exec(readFileSync(join(root, "package.json"), "utf8"))?.[1] ?? "pnpm"

/** Puts imports in order and lines into shape, as every file of the repository has them. */
function format(root: string, files: PlannedFile[]): void {
  const paths = files.map(({ path }) => path).filter((path) => /\.tsx?$/.test(path))
  const biome = join(root, "node_modules/@biomejs/biome/bin/biome")
  const { status, stderr } = spawnSync(process.execPath, [biome, "check", "--write", "--error-on-warnings", ...paths], {
    cwd: root,
  })
  if (status !== 0) throw new Refusal(`What was written does not pass the linter:\n${stderr.toString()}`)
}

const next = ({ one, many }: Names, packageManager: string) => `
Read what was written, and make it yours: the words in docs/glossary.md, the columns beside name, body and metadata.
Then:
  npx -y -p ${packageManager} -c "turbo run typecheck"   the types of its table, and of all that knows it
  npx vitest run --project api router/${one}      its tests on a real database
  npx vitest run --project web layers -u        the picture in docs/architecture.md
  npm start                                     its page is /${many}
`

function main(): number {
  const asked = readArguments()
  if (!asked) {
    process.stderr.write(usage)
    return 2
  }
  const root = process.cwd()
  try {
    const files = planResource(root, asked.names)
    process.stdout.write(listed(files))
    if (asked.dryRun) return 0
    for (const { path, text } of files) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    format(root, files)
    process.stdout.write(next(asked.names, packageManagerOf(root)))
    return 0
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    process.stderr.write(`${error.message}\n`)
    return 1
  }
}

process.exitCode = main()
