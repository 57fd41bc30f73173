import { mkdir, readFile, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const here = dirname(fileURLToPath(import.meta.url))

const sandbox = fileURLToPath(import.meta.resolve("@strudel-agent/sandbox/page"))

const texts = {
  name: "texts",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^text:sandbox$/ }, ({ path }) => ({ path, namespace: "texts" }))
    onLoad({ filter: /.*/, namespace: "texts" }, async () => ({
      contents: await readFile(sandbox, "utf8"),
      loader: "text",
    }))
  },
}

/** A script as it may stand in a page: in a string or an expression, a backslash more means the same. */
const insideElement = (script) => script.replaceAll(/<(?=!--|\/script)/gi, "<\\")

/** Writes `chat-view.html`: one page with everything inside, for chats that show it without a network. */
export async function buildChatView(folder) {
  const { outputFiles } = await build({
    absWorkingDir: here,
    entryPoints: ["src/main.ts"],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
    legalComments: "none",
    logLevel: "warning",
    plugins: [texts],
  })
  const page = await readFile(join(here, "src/view.html"), "utf8")
  const script = `<script type="module">${insideElement(outputFiles[0].text)}</script>`
  await mkdir(folder, { recursive: true })
  await writeFile(
    join(folder, "chat-view.html"),
    page.replace('<script type="module" src="main.ts"></script>', () => script),
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildChatView(process.argv[2] ?? join(here, "dist"))
