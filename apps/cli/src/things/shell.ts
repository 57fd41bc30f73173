/** Characters that a terminal acts upon, that end a line, that turn the direction of text or that are not seen. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u
const escaped = /[\\'\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

const escapeOf = (character: string): string =>
  character === "\\" || character === "'"
    ? `\\${character}`
    : Array.from(Buffer.from(character), (byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("")

/**
 * A word as a shell takes it, so that a line that is shown can be run. No terminal acts upon it: what it would act upon is
 * written as `$'\x1b'`, which bash, zsh and ksh read.
 */
export function shellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text
  return unseen.test(text) ? `$'${text.replace(escaped, escapeOf)}'` : `'${text.replaceAll("'", "'\\''")}'`
}
