import { renderToStaticMarkup } from "react-dom/server"
import { describe, expect, it } from "vitest"
import { hostileTexts } from "./hostile-texts.ts"
import { Markdown, type MarkdownProps } from "./markdown.tsx"
import { markdownLimits } from "./markdown-budget.ts"

/** What is drawn, without what is said to screen readers alone and without classes. */
const draw = (text: string, props: Partial<MarkdownProps> = {}): string =>
  renderToStaticMarkup(<Markdown text={text} base={{ projectId: "house", folder: "songs/" }} {...props} />)
    .replace(/<span class="sr-only">[^<]*<\/span>/g, "")
    .replace(/<svg.*?<\/svg>/g, "")
    .replace(/ (?:class|target|rel|dir)="[^"]*"/g, "")
    .replace(/^<div>([\s\S]*)<\/div>$/, "$1")

const out = (href: string, words = href) => `<a href="${href}">${words}</a>`

describe("draws", () => {
  it.each([
    ["a *b* **c** ~~d~~ `e`", "<p>a <em>b</em> <strong>c</strong> <del>d</del> <code>e</code></p>"],
    ["a  \nb\\\nc\nd", "<p>a<br/>b<br/>c\nd</p>"],
    ["- a\n- b\n  - c", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>"],
    ["3. a\n\n4. b", '<ol start="3"><li><p>a</p></li><li><p>b</p></li></ol>'],
    ["> a\n\n---", "<blockquote><p>a</p></blockquote><hr/>"],
    [
      "|a|b|\n|:-:|-|\n|c|`d`|",
      '<table><thead><tr><th scope="col" style="text-align:center">a</th><th scope="col">b</th></tr></thead><tbody><tr><td style="text-align:center">c</td><td><code>d</code></td></tr></tbody></table>',
    ],
    [
      "||b|\n|-|-|\n|c|d|",
      '<table><thead><tr><td></td><th scope="col">b</th></tr></thead><tbody><tr><td>c</td><td>d</td></tr></tbody></table>',
    ],
    [
      "- [x] a\n- [ ] *b*",
      '<ul><li><input type="checkbox" disabled="" readOnly="" aria-label="done" checked=""/> a</li><li><input type="checkbox" disabled="" readOnly="" aria-label="to do"/> <em>b</em></li></ul>',
    ],
    ["[x] a", "<p>[x] a</p>"],
    [
      "![cat *nap*](https://a.b/c.png) ![local](d.png)",
      `<p>${out("https://a.b/c.png", "cat nap")} <span>local</span></p>`,
    ],
    ["<b>a</b> <script>alert(1)</script>", "<p>&lt;b&gt;a&lt;/b&gt; &lt;script&gt;alert(1)&lt;/script&gt;</p>"],
    ['<a href="https://a.b">c</a>', "<p>&lt;a href=&quot;https://a.b&quot;&gt;c&lt;/a&gt;</p>"],
    ["mini notation <bd sd*2> and <c2 *e2*>", "<p>mini notation &lt;bd sd*2&gt; and &lt;c2 <em>e2</em>&gt;</p>"],
  ])("%j", (text, html) => {
    expect(draw(text)).toBe(html)
  })

  it("lines as they end where they are typed, and text in its own direction", () => {
    expect(draw("a\nb\n\nc", { breaks: true })).toBe("<p>a<br/>b</p><p>c</p>")
    const html = renderToStaticMarkup(<Markdown text={"שלום\n\n- ערב\n\n# mix\n\n> קול\n\n`s()`"} />)
    expect(html).toContain('<p dir="auto">שלום</p>')
    for (const tag of ["ul", "li", "h3", "blockquote"]) expect(html).toContain(`<${tag} dir="auto"`)
    expect(html).toContain('<code dir="ltr">s()</code>')
  })

  it("what can be done with each block of Strudel code below it", () => {
    const html = draw('```\ns("bd")\n```\n\n```python\nprint(1)\n```\n\n```js\nhush()\n```', {
      codeTools: (code, place) => <b>{`${place}: ${code}`}</b>,
    })
    expect(html.match(/<b>.*?<\/b>/g)).toEqual(["<b>0: s(&quot;bd&quot;)</b>", "<b>1: hush()</b>"])
  })

  it("headings in the page's outline", () => {
    expect(draw("# a\n### b\n# c", { start: 2 })).toBe("<h2>a</h2><h3>b</h3><h2>c</h2>")
  })

  it("code in its frame, coloured where it is Strudel's", () => {
    expect(draw('```\ns("bd")\n```')).toMatch(/<code><span>s<\/span>\(<span>&quot;bd&quot;<\/span>\)<\/code>/)
    expect(draw('```python\ns("bd")\n```')).toMatch(/<code>s\(&quot;bd&quot;\)<\/code>/)
    expect(draw("    a\n    b")).toMatch(/<code>a\nb<\/code>/)
  })

  it("notes behind the text, with ways to them and back", () => {
    const html = draw("a[^x] b[^x] c[^y]\n\n[^x]: one\n\n    two\n[^z]: never\n[^y]: three")
    const [id] = /(?<=href="#)[^"]*(?=-note-1")/.exec(html) ?? []
    expect(id).toBeTruthy()
    expect(html.replaceAll(id ?? "", "ID").replace(/ aria-label="[^"]*"/g, "")).toBe(
      '<p>a<sup><a id="ID-mention-1-1" href="#ID-note-1">1</a></sup> b<sup><a id="ID-mention-1-2" href="#ID-note-1">1</a></sup> c<sup><a id="ID-mention-2-1" href="#ID-note-2">2</a></sup></p>' +
        '<ol><li id="ID-note-1"><p>one</p><p>two<a href="#ID-mention-1-1">↩\uFE0E</a><a href="#ID-mention-1-2">↩\uFE0E</a></p></li>' +
        '<li id="ID-note-2"><p>three<a href="#ID-mention-2-1">↩\uFE0E</a></p></li></ol>',
    )
    expect(draw("a[^x]")).toBe("<p>a[^x]</p>")
  })
})

describe("links", () => {
  it.each([
    ["[k](clip:kick)", '<p><a href="/projects/house/clips/kick">k</a></p>'],
    ["[k](../clips/kick.js)", '<p><a href="/projects/house/clips/kick">k</a></p>'],
    ["[t][1]\n\n[1]: #top", '<p><a href="#top">t</a></p>'],
    ["[x](javascript:alert(1))", '<p><span title="javascript:alert(1)">x</span></p>'],
    ["<https://a.b/c>", `<p>${out("https://a.b/c")}</p>`],
    [
      "see https://a.b/c_d_e. Or (www.x.y/z)!",
      `<p>see ${out("https://a.b/c_d_e")}. Or (${out("http://www.x.y/z", "www.x.y/z")})!</p>`,
    ],
    [
      "**https://a.b/*c*** http://localhost:3000/a?b=c&d=e;",
      `<p><strong>${out("https://a.b/*c")}</strong>* ${out("http://localhost:3000/a?b=c&amp;d=e")};</p>`,
    ],
    [
      "https://strudel.cc/?_next_=(a(b)) https://a.b/&amp;",
      `<p>${out("https://strudel.cc/?_next_=(a(b))")} ${out("https://a.b/")}&amp;</p>`,
    ],
    ["[a https://b.c](https://d.e)", `<p>${out("https://d.e", "a https://b.c")}</p>`],
    [
      "[https://b.c] xhttp://d.e www. http:// https://_a_",
      `<p>[${out("https://b.c")}] xhttp://d.e www. http:// https://<em>a</em></p>`,
    ],
    [
      "write to a.b+c@d-e.fr, not a@b or 3@4.5",
      `<p>write to ${out("mailto:a.b+c@d-e.fr", "a.b+c@d-e.fr")}, not a@b or 3@4.5</p>`,
    ],
    ["`https://a.b`", "<p><code>https://a.b</code></p>"],
  ])("%j", (text, html) => {
    expect(draw(text)).toBe(html)
  })

  it("that lead nowhere are crossed out, and without a project those to items are plain", () => {
    expect(draw("[k](clip:kick)", { broken: ["clip:house/kick"] })).toMatch(
      /title="clip:kick leads nowhere">.*k<\/span>/,
    )
    expect(draw("[k](clip:kick)", { base: undefined })).toBe('<p><span title="clip:kick">k</span></p>')
  })
})

describe("a text that takes too much", () => {
  it("is shown as it was written, which is said", () => {
    const text = "*a* ".repeat(20_000)
    expect(draw(text)).toBe(`<p>Shown as plain text: it holds more markup than a page can draw.</p><div>${text}</div>`)
    expect(draw("> ".repeat(50))).toContain("Shown as plain text: its lists and quotes are nested too deeply.")
  })

  it("of too many characters is drawn as far as that goes", () => {
    const line = `A word. ${"And so on. ".repeat(10)}\n\n`
    const lines = Math.ceil((markdownLimits.characters + 20_000) / line.length)
    const html = draw(line.repeat(lines))
    expect(html.match(/A word\./g)).toHaveLength(lines)
    expect(html).toContain("Shown as plain text: the rest of it is too long")
  })

  it("never stops the page, and is there to the last letter", () => {
    for (const text of hostileTexts(8000)) {
      const begun = performance.now()
      const html = renderToStaticMarkup(<Markdown text={`${text.replaceAll("\r", "\n")}\n\nthe end`} />)
      expect(performance.now() - begun, JSON.stringify(text.slice(0, 20))).toBeLessThan(20_000)
      expect(html).toContain("the end")
    }
  }, 120_000)
})
