/** What a resource is called: one of it, and several. */
export interface Names {
  one: string
  many: string
}

const word = /^[a-z]{2,30}$/

/** Words of the language, which name nothing. */
const reserved = new Set(
  (
    "as async await break case catch class const continue debugger default delete do else enum export extends false " +
    "finally for from function get if import in instanceof interface let new null of package private protected public " +
    "return set static super switch this throw true try type typeof var void while with yield"
  ).split(" "),
)

/** Says why a resource cannot be called so, or undefined where it can. */
export function namesProblem({ one, many }: Names): string | undefined {
  const wrong = [one, many].find((name) => !word.test(name))
  if (wrong !== undefined) return `"${wrong}" is not one word of 2 to 30 small letters, such as sample.`
  if (one === many) return `One and many are both "${one}": lists and folders need a word of their own.`
  return reserved.has(one) || reserved.has(many) ? `"${one}" is a word of TypeScript.` : undefined
}

const capital = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`

/** A text about samples, about another resource. */
export function renamed(text: string, { one, many }: Names): string {
  const article = /^[aeiou]/.test(one) ? "an" : "a"
  const named: Record<string, string> = {
    ...{ sample: one, Sample: capital(one), SAMPLE: one.toUpperCase() },
    ...{ samples: many, Samples: capital(many), SAMPLES: many.toUpperCase() },
  }
  return text
    .replace(/\b([Aa]) (?=[Ss]ample\b)/g, (_, letter: string) => `${letter}${article.slice(1)} `)
    .replace(/samples?|Samples?|SAMPLES?/g, (found) => named[found] ?? found)
}
