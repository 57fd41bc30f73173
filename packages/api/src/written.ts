/**
 * A value that is JSON text already, as PostgreSQL wrote it. A door passes the text on; whoever wants the value inside
 * this process parses it. That the text is of this type is the promise of who wrote it: tests hold it to its schema.
 */
export class Written<T> {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  /** Parses the text. */
  value(): T {
    return JSON.parse(this.text)
  }
}
