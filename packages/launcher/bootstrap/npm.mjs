// @ts-check

/**
 * The npm that started this process; without one, as after `node scripts/run.mjs`, the one on the path.
 *
 * @returns {[string, ...string[]]}
 */
export function npm() {
  const script = process.env.npm_execpath
  if (script && /\bnpm-cli\.c?js$/.test(script)) return [process.execPath, script]
  return process.platform === "win32" ? ["cmd", "/d", "/s", "/c", "npm"] : ["npm"]
}
