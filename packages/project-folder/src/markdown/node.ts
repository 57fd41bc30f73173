/** Offsets into a text: the first character, and the one behind the last. */
export type Span = { start: number; end: number }

type Plain<Type extends string> = Span & { type: Type }

export type Text = Plain<"text"> & { value: string }
export type InlineCode = Plain<"inlineCode"> & { value: string }
export type InlineHtml = Plain<"inlineHtml"> & { value: string }
export type HardBreak = Plain<"break">
export type Emphasis = Plain<"emphasis" | "strong"> & { children: Inline[] }
/** A link, written out or by reference, or an address in angle brackets. */
export type Link = Plain<"link"> & { url: string; children: Inline[] }
export type Image = Plain<"image"> & { alt: string }
export type Inline = Text | InlineCode | InlineHtml | HardBreak | Emphasis | Link | Image

/** A heading begins at its first sign and ends with its last line, trailing blanks included, as paragraphs do. */
export type Heading = Plain<"heading"> & { depth: number; children: Inline[] }
export type Paragraph = Plain<"paragraph"> & { children: Inline[] }
export type Quote = Plain<"blockquote"> & { children: Block[] }
/** `marker` is what all items begin with: `-`, `*`, `+`, or what stands behind their numbers. */
export type List = Plain<"list"> & { ordered: boolean; marker: string; children: ListItem[] }
export type ListItem = Plain<"listItem"> & { children: Block[] }
export type Definition = Plain<"definition"> & { label: string; url: string }
export type Opaque = Plain<"code" | "html" | "thematicBreak">
export type Block = Heading | Paragraph | Quote | List | Definition | Opaque

export type Root = Plain<"root"> & { children: Block[] }
