#!/usr/bin/env node
// @ts-check
// The entry of `npm start`, `npm test` and their like. It imports nothing statically, so that a Node too old for the
// rest still gets as far as saying so.

const oldestMajor = 20
const oldestMinor = 19
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number)

if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
  console.error(`Node ${oldestMajor}.${oldestMinor} or later is needed, but this is Node ${process.versions.node}.`)
  process.exit(1)
}

const { loadLauncher } = await import("../packages/launcher/bootstrap/load-launcher.mjs")
const [command = "", ...args] = process.argv.slice(2)
const { runCommand } = await loadLauncher(command)
void runCommand(command, args)
