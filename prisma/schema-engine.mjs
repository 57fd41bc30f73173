#!/usr/bin/env node
// Stands in for Prisma's native schema engine, which its CLI would download: the same engine as WebAssembly from npm.
// The CLI runs it as the program that PRISMA_SCHEMA_ENGINE_BINARY names.
import { parseArguments } from "./schema-engine/command-line.mjs"
import { runDatabaseCommand } from "./schema-engine/database-commands.mjs"
import { createEngine, engineVersion } from "./schema-engine/engine.mjs"
import { serve } from "./schema-engine/rpc.mjs"

const options = parseArguments(process.argv.slice(2))
if (options.version) {
  console.log(`schema-engine-cli ${engineVersion()}`)
} else if (options.command) {
  process.exitCode = await runDatabaseCommand(options.command, options.url)
} else {
  await serve(createEngine(options))
  process.exit()
}
