function element<Kind extends Element>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id)
  if (found instanceof kind) return found
  throw new Error(`The page has no ${id}`)
}

/** What the page is made of. */
export const elements = {
  main: document.querySelector("main"),
  play: element("play", HTMLButtonElement),
  name: element("name", HTMLElement),
  facts: element("facts", HTMLElement),
  open: element("open", HTMLButtonElement),
  picture: document.querySelector("svg"),
  problem: element("problem", HTMLElement),
  state: element("state", HTMLElement),
  change: element("change", HTMLDetailsElement),
  changeTitle: element("change-title", HTMLElement),
  diff: element("diff", HTMLElement),
  playBefore: element("play-before", HTMLButtonElement),
  playAfter: element("play-after", HTMLButtonElement),
  keep: element("keep", HTMLButtonElement),
  back: element("back", HTMLButtonElement),
  codePart: element("code-part", HTMLDetailsElement),
  code: element("code", HTMLTextAreaElement),
  save: element("save", HTMLButtonElement),
  revert: element("revert", HTMLButtonElement),
}

// What scrolls is reached by the keyboard.
elements.diff.tabIndex = 0
