import jsTokens, { type Token } from "js-tokens"

export type Ink = "plain" | "string" | "number" | "comment" | "keyword" | "call"

export interface InkRun {
  ink: Ink
  text: string
}

const keywords = new Set(
  "async await break case catch class const continue default delete do else export extends false finally for from function if import in instanceof let new null of return static super switch this throw true try typeof undefined var void while yield".split(
    " ",
  ),
)

const inks: Partial<Record<Token["type"], Ink>> = {
  StringLiteral: "string",
  NoSubstitutionTemplate: "string",
  TemplateHead: "string",
  TemplateMiddle: "string",
  TemplateTail: "string",
  RegularExpressionLiteral: "string",
  MultiLineComment: "comment",
  SingleLineComment: "comment",
  HashbangComment: "comment",
  NumericLiteral: "number",
}

/** A name is a call where a bracket follows it, and one of Strudel's labels where it is `$:`. */
function inkOfName(name: string, before: Token | undefined, next: Token | undefined): Ink {
  if (keywords.has(name) && before?.value !== ".") return "keyword"
  return next?.value === "(" || (name.endsWith("$") && next?.value === ":") ? "call" : "plain"
}

/** Each token of code with those around it. */
function* tokensOf(code: string): Generator<[before: Token | undefined, token: Token, next: Token | undefined]> {
  let before: Token | undefined
  let token: Token | undefined
  for (const next of jsTokens(code)) {
    if (token) yield [before, token, next]
    before = token
    token = next
  }
  if (token) yield [before, token, undefined]
}

/**
 * Strudel code as runs of one ink each, so many at most; together they are the code again, whose rest is plain then.
 * Code with errors is coloured as far as it goes.
 */
export function inkCode(code: string, most: number): InkRun[] {
  const runs: InkRun[] = []
  let done = 0
  for (const [before, token, next] of tokensOf(code)) {
    const ink = token.type === "IdentifierName" ? inkOfName(token.value, before, next) : (inks[token.type] ?? "plain")
    const last = runs.at(-1)
    if (last?.ink === ink) last.text += token.value
    else if (runs.length < most - 1) runs.push({ ink, text: token.value })
    else break
    done += token.value.length
  }
  if (done < code.length) runs.push({ ink: "plain", text: code.slice(done) })
  return runs
}
