import { javascript } from "@codemirror/lang-javascript"
import { EditorState } from "@codemirror/state"
import { expect, it } from "vitest"
import { touchesComment } from "./comments.ts"

/** Whether the first place of a text in code is in a comment. */
function isIn(doc: string, text: string): boolean {
  const from = doc.indexOf(text)
  return touchesComment(EditorState.create({ doc, extensions: javascript() }), { from, to: from + text.length })
}

it.each([
  ['// s("bd")\ns("hh")', "bd"],
  ['s("hh") // then bd', "bd"],
  ['/* s("bd")\n   s("cp") */ s("hh")', "cp"],
  ['s("hh") /* bd', "bd"],
  ['s("hh" /* or */, "bd")', '"hh" /* or'],
])("finds the comment in %j", (doc, text) => {
  expect(isIn(doc, text)).toBe(true)
})

it.each([
  ['// s("hh")\ns("bd")', "bd"],
  ['s("https://bd")', "bd"],
  ["s(`bd\n// hh`)", "hh"],
  ['/* a */s("bd")/* b */', 's("bd")'],
])("leaves what is code in %j", (doc, text) => {
  expect(isIn(doc, text)).toBe(false)
})
