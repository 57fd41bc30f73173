import { fileURLToPath } from "node:url"

const inSource = (file) => fileURLToPath(new URL(`src/${file}`, import.meta.url))

/** What esbuild must be told by anyone who bundles the engine from its source. */
export const engineBundling = {
  mainFields: ["module", "main"],
  /** Libraries that need a page, or that the engine never calls. */
  alias: {
    "@kabelsalat/web": inSource("no-kabelsalat.ts"),
    "source-map": inSource("no-source-map.ts"),
  },
  define: { "process.env.NODE_ENV": '"production"' },
}
