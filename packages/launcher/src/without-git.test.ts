import { spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { expect, test } from "vitest"
import { launcherFile, root, workspaceFolders } from "./project.ts"

test("what is to be built is found where there is no git, as in an archive or an image", () => {
  const turbo = join(root, "node_modules/turbo/bin/turbo")
  const { status, stdout } = spawnSync(
    process.execPath,
    [turbo, "run", "build", "generate", "typecheck", "--dry=json"],
    {
      cwd: root,
      // No program is found but Node.js: without git turbo looks for files itself.
      env: { ...process.env, PATH: launcherFile("bootstrap") },
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
      timeout: 60_000,
      killSignal: "SIGKILL",
    },
  )
  expect(status).toBe(0)
  expect(stdout).toContain('"@strudel-agent/server#build"')
})

test("an image is built with the manifest of each package, of which pnpm installs", () => {
  const lines = readFileSync(join(root, ".dockerignore"), "utf8").split("\n")
  const isLeftOut = (folder: string): boolean =>
    folder !== "." && (lines.includes(`${folder}/**`) || lines.includes(folder) || isLeftOut(dirname(folder)))
  const missing = workspaceFolders().filter((folder) => isLeftOut(folder) && !lines.includes(`!${folder}/package.json`))
  expect(missing).toEqual([])
})
