// @ts-check
import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { basename, join, relative, resolve } from "node:path"

const home = resolve(import.meta.dirname, "..")

/** The root of the project, as an absolute path. */
export const root = resolve(home, "../..")

/** Where the launcher lies as programs. */
export const dist = join(home, "dist")

/** Written last: the files that the bundles were made of, with the digests of what was in them. */
const stamp = join(dist, "inputs.json")

/** Whether the bundles are there and made of what the sources are. */
export function isBundled() {
  try {
    /** @type {Record<string, string>} */
    const inputs = JSON.parse(readFileSync(stamp, "utf8"))
    return existsSync(join(dist, "main.mjs")) && Object.entries(inputs).every(([file, known]) => known === digest(file))
  } catch {
    return false
  }
}

/**
 * Bundles the launcher by the esbuild that lies in the packages of a folder. Several may do so at once: each file appears
 * whole.
 *
 * @param {string} folder
 */
export async function bundle(folder) {
  /** @type {typeof import("esbuild")} */
  const esbuild = createRequire(import.meta.url)(join(folder, "node_modules/esbuild"))
  const { outputFiles, metafile } = await esbuild
    .build({
      absWorkingDir: root,
      entryPoints: ["main", "tool-group"].map((name) => join(home, "src", `${name}.ts`)),
      outdir: dist,
      outExtension: { ".js": ".mjs" },
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node20.19",
      // The links to the packages may not be there yet.
      tsconfigRaw: {
        compilerOptions: {
          paths: {
            "@strudel-agent/database/*": [join(root, "prisma/src/*.ts")],
            "@strudel-agent/process/*": [join(root, "packages/process/src/*.ts")],
          },
        },
      },
      write: false,
      metafile: true,
      logLevel: "silent",
    })
    // Else its process would run as long as this one.
    .finally(esbuild.stop)
  mkdirSync(dist, { recursive: true })
  for (const { path, contents } of outputFiles) place(path, contents)
  const own = relative(root, import.meta.filename)
  const inputs = [...Object.keys(metafile.inputs), own].map((file) => [file, digest(file)])
  place(stamp, JSON.stringify(Object.fromEntries(inputs)))
}

/**
 * @param {string} file
 * @param {string | Uint8Array} content
 */
function place(file, content) {
  const draft = join(dist, `.${basename(file)}.${process.pid}`)
  writeFileSync(draft, content)
  renameSync(draft, file)
}

/** @param {string} file */
function digest(file) {
  return createHash("sha256")
    .update(readFileSync(join(root, file)))
    .digest("hex")
}
