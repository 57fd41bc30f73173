import { packageManager } from "./project.mjs"

/**
 * Returns the command that runs a shell command with the project's package manager and the root's programs on its
 * path. npm fetches the package manager at its exact version and keeps it in its cache.
 */
export function withPackageManager(command) {
  return [...npm(), "exec", "--yes", "--loglevel=error", `--package=${packageManager()}`, "-c", command]
}

/** The npm that started this process; without one, as after `node scripts/run.mjs`, the one on the path. */
function npm() {
  const script = process.env.npm_execpath
  if (script && /\bnpm-cli\.c?js$/.test(script)) return [process.execPath, script]
  return process.platform === "win32" ? ["cmd", "/d", "/s", "/c", "npm"] : ["npm"]
}
