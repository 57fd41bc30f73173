/** Where this package says what it does: a pino logger and `console` both fit. */
export interface Log {
  info(message: string): void
  warn(message: string): void
}

/** A log for callers that do not want to hear anything. */
export const silent: Log = { info() {}, warn() {} }
