/** Stands in for `@kabelsalat/web`, which needs a page: Strudel's own page compiles sound graphs with it. */
export class SalatRepl {
  evaluate() {
    return { compile: () => ({ src: "", ugens: [], registers: 0 }) }
  }
}
