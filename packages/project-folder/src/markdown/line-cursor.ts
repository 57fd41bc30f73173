import { isBlankCode } from "./character.ts"

const tabStop = 4

/** Reads a line from left to right by columns: a tab reaches up to the next fourth one, and may be read in part. */
export class LineCursor {
  readonly text: string
  /** Where the line ends, without its ending. */
  end = 0
  /** The next character; a tab that is read in part stays the next one. */
  offset = 0
  column = 0
  /** The next character that is no space or tab, and the columns up to it. */
  next = 0
  indent = 0

  constructor(text: string) {
    this.text = text
  }

  reset(start: number, end: number): void {
    this.offset = start
    this.end = end
    this.column = 0
    this.look()
  }

  get isBlank(): boolean {
    return this.next >= this.end
  }

  /** The character code at `next`; NaN at the end of the line. */
  get code(): number {
    return this.next < this.end ? this.text.charCodeAt(this.next) : Number.NaN
  }

  /** Reads on past the next character that is no blank and the given number of those behind it. */
  skipSigns(count: number): void {
    this.column += this.indent + count
    this.offset = this.next + count
    this.look()
  }

  /** Reads at most so many columns of spaces and tabs; answers how many. */
  skipColumns(most: number): number {
    let read = 0
    while (read < most && this.offset < this.end && isBlankCode(this.text.charCodeAt(this.offset))) {
      const width = this.text.charCodeAt(this.offset) === 9 ? tabStop - (this.column % tabStop) : 1
      const taken = Math.min(width, most - read)
      if (taken === width) this.offset++
      this.column += taken
      read += taken
    }
    this.look()
    return read
  }

  private look(): void {
    let column = this.column
    let next = this.offset
    for (; next < this.end; next++) {
      const code = this.text.charCodeAt(next)
      if (code === 32) column++
      else if (code === 9) column += tabStop - (column % tabStop)
      else break
    }
    this.next = next
    this.indent = column - this.column
  }
}
