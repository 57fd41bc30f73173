import jsTokens, { type Token } from "js-tokens"

export type Ink = "plain" | "string" | "number" | "comment" | "keyword" | "call"

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

/** Strudel code as runs of one ink each; together they are the code again. Code with errors is coloured as far as it goes. */
export function inkCode(code: string): { ink: Ink; text: string }[] {
  const tokens = [...jsTokens(code)]
  const runs: { ink: Ink; text: string }[] = []
  tokens.forEach((token, place) => {
    const ink =
      token.type === "IdentifierName"
        ? inkOfName(token.value, tokens[place - 1], tokens[place + 1])
        : (inks[token.type] ?? "plain")
    const last = runs.at(-1)
    if (last?.ink === ink) last.text += token.value
    else runs.push({ ink, text: token.value })
  })
  return runs
}
