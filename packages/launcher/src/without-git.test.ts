import { spawn } from "node:child_process"
import { once } from "node:events"
import { readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { text } from "node:stream/consumers"
import { expect, test } from "vitest"
import { launcherFile, root, workspaceFolders } from "./project.ts"

test("what is to be built is found where there is no git, as in an archive or an image", async () => {
  const turbo = join(root, "node_modules/turbo/bin/turbo")
  const child = spawn(process.execPath, [turbo, "run", "build", "generate", "typecheck", "--dry=json"], {
    cwd: root,
    // No program is found but Node.js: without git turbo looks for files itself.
    env: { ...process.env, PATH: launcherFile("bootstrap") },
    stdio: ["ignore", "pipe", "ignore"],
    detached: true,
  })
  // With all that it started, which would look for ever.
  const timer = setTimeout(() => child.pid && process.kill(-child.pid, "SIGKILL"), 60_000)
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, "exit")])
  clearTimeout(timer)
  expect(code).toBe(0)
  expect(output).toContain('"@strudel-agent/server#build"')
})

test("an image is built with the manifest of each package, of which pnpm installs", () => {
  const lines = readFileSync(join(root, ".dockerignore"), "utf8").split("\n")
  const isLeftOut = (folder: string): boolean =>
    folder !== "." && (lines.includes(`${folder}/**`) || lines.includes(folder) || isLeftOut(dirname(folder)))
  const missing = workspaceFolders().filter((folder) => isLeftOut(folder) && !lines.includes(`!${folder}/package.json`))
  expect(missing).toEqual([])
})
