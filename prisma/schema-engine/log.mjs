/** Writes a line in the form in which the Prisma CLI reads the engine's log from standard error. */
export function writeLog(level, message, code) {
  const fields = { message, is_panic: false, ...(code ? { error_code: code } : {}) }
  const line = { timestamp: new Date().toISOString(), level, target: "schema_engine::logger", fields }
  process.stderr.write(`${JSON.stringify(line)}\n`)
}
