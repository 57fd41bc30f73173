#!/usr/bin/env node
// The entry of `npm start`, `npm test` and their like. It imports nothing statically, so that a Node too old for the
// rest still gets as far as saying so.

const oldest = [20, 19]
const [major, minor] = process.versions.node.split(".").map(Number)

if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
  console.error(`Node ${oldest.join(".")} or later is needed, but this is Node ${process.versions.node}.`)
  process.exit(1)
}

void import("./commands.mjs").then(({ runCommand }) => runCommand(process.argv.slice(2)))
