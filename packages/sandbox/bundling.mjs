import { dirname, join, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { engineBundling } from "@strudel-agent/strudel/bundling"
import { build } from "esbuild"

const here = dirname(fileURLToPath(import.meta.url))

/** What esbuild must be told by anyone who bundles what is heard. */
export const scriptBundling = {
  bundle: true,
  minify: true,
  target: "es2022",
  legalComments: "none",
  logLevel: "warning",
  ...engineBundling,
}

/**
 * Processors are imported as `name?audioworklet` for the address of their script, as superdough does its own; `addressOf`
 * writes the expression that makes it of the script. `options` are of the bundling of each.
 */
export const worklets = (addressOf, options = {}) => ({
  name: "worklets",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\?audioworklet$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.replace(/\?.*$/, "")),
      namespace: "worklets",
    }))
    onLoad({ filter: /.*/, namespace: "worklets" }, async ({ path }) => {
      // Generators of sound graphs that are written as code, which no event may bring.
      const alias = {
        ...scriptBundling.alias,
        "@kabelsalat/lib/src/ugens.js": join(here, "src/frame/mixing/left-out-of-superdough.ts"),
      }
      const { outputFiles } = await build({
        ...scriptBundling,
        absWorkingDir: here,
        write: false,
        format: "esm",
        entryPoints: [path],
        alias,
        ...options,
      })
      return { contents: `export default ${addressOf(outputFiles[0].text)}` }
    })
  },
})

/** Puts own files in the place of some that libraries import from beside themselves. */
export const replacing = (files) => ({
  name: "replacing",
  setup({ onResolve }) {
    for (const [name, own] of Object.entries(files)) {
      onResolve({ filter: new RegExp(`^\\./${name}$`) }, ({ importer }) =>
        importer.includes("node_modules") ? { path: resolve(here, own) } : undefined,
      )
    }
  },
})

/** superdough keeps nodes to use them again, of which some have to be made anew, and its rooms are not used. */
export const ofSuperdough = {
  "nodePools.mjs": "src/frame/mixing/fresh-nodes.ts",
  "reverb.mjs": "src/frame/mixing/left-out-of-superdough.ts",
}
