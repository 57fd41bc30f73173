import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { pathToFileURL } from "node:url"
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils"
import { createAdapterFactory } from "./adapter.mjs"

const bindings = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg")

/** Returns the version of the engine. */
export function engineVersion() {
  return JSON.parse(readFileSync(join(dirname(bindings), "package.json"), "utf8")).version
}

/** Returns the engine, which connects with its first call, and what the calls of the Prisma CLI need around it. */
export function createEngine({ datamodels, url, shadowUrl }) {
  const { factory, disposeShadows } = createAdapterFactory({ url, shadowUrl })
  const bound = bindMigrationAwareSqlAdapterFactory(factory)
  let engine
  const start = async () => {
    const wasm = await loadWasm()
    return wasm.SchemaEngine.new({ datamodels: datamodels.length > 0 ? datamodels : undefined }, () => {}, bound)
  }
  return {
    async call(method, params) {
      engine ??= start()
      const target = await engine
      if (method === "getDatabaseVersion") return target.version(params ?? null)
      if (typeof target[method] !== "function") throw new Error(`the schema engine has no method ${method}`)
      return target[method](params ?? {})
    },
    /** Returns what really went wrong: an error that passed through the engine is but a number there. */
    causeOf(error) {
      const id = error instanceof Object && "id" in error ? error.id : undefined
      return (id === undefined ? undefined : bound.errorRegistry.consumeError(id)?.error) ?? error
    },
    disposeShadows,
  }
}

/** Returns the message of the last panic inside the engine, which reaches JavaScript as a bare trap. */
export function panicMessage() {
  return globalThis.PRISMA_WASM_PANIC_REGISTRY?.message
}

async function loadWasm() {
  globalThis.PRISMA_WASM_PANIC_REGISTRY = {
    set_message(message) {
      this.message = message
    },
  }
  const glue = await import(pathToFileURL(bindings).href)
  const code = readFileSync(join(dirname(bindings), "schema_engine_bg.wasm"))
  const { instance } = await WebAssembly.instantiate(code, { "./schema_engine_bg.js": glue })
  glue.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  return glue
}
