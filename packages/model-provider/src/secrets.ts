/** Characters of a key in a row by which a part of it is known. */
const known = 8

/** Whether a word has a part of a key in it. */
function tells(word: string, secret: string): boolean {
  if (secret.length <= known) return word.includes(secret)
  for (let start = 0; start + known <= secret.length; start++) {
    if (word.includes(secret.slice(start, start + known))) return true
  }
  return false
}

/** A text without words that tell a key or a part of one. */
export const withoutSecrets = (text: string, secrets: readonly string[]): string =>
  secrets.length === 0
    ? text
    : text.replace(/[^\s"'`,;<>()[\]{}]+/g, (word) => (secrets.some((secret) => tells(word, secret)) ? "…" : word))
