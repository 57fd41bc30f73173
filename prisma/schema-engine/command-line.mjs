import { readFileSync } from "node:fs"

/**
 * Parses what the Prisma CLI passes. Preview features and extension types are in the schema files as well, which is
 * where this engine reads them.
 */
export function parseArguments(args) {
  const options = { datamodels: [], url: undefined, shadowUrl: undefined, command: undefined, version: false }
  const rest = [...args]
  while (rest.length > 0) {
    const name = rest.shift()
    if (name === "--version" || name === "-V") options.version = true
    else if (name === "--datamodels" || name === "-d") options.datamodels.push(readSchema(rest.shift()))
    else if (name === "--datasource") Object.assign(options, parseDatasource(rest.shift()))
    else if (name === "--enabled-preview-features" || name === "--extension-types") rest.shift()
    else if (name === "cli") options.command = rest.shift()
    else throw new Error(`unknown argument ${name}`)
  }
  return options
}

function readSchema(file) {
  return [file, readFileSync(file, "utf8")]
}

function parseDatasource(json) {
  const { url, shadowDatabaseUrl } = JSON.parse(json)
  return { url, shadowUrl: shadowDatabaseUrl || undefined }
}
