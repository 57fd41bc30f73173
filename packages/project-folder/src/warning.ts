/** What a reader of an imported file may want to know; none of these keeps the file from being imported. */
export type WarningCode =
  | "metadata-unreadable"
  | "metadata-not-strict-json"
  | "metadata-key-repeated"
  | "metadata-key-ignored"
  | "metadata-type-unexpected"
  | "metadata-tempo-and-bpm"
  | "code-on-metadata-line"
  | "name-unusable"
  | "text-before-title"
  | "link-broken"
  | "value-replaced"
  | "line-malformed"
  | "line-repaired"
  | "timestamp-invalid"
  | "field-dropped"
  | "role-unknown"
  | "client-id-replaced"
  | "no-messages"

export type Warning = { code: WarningCode; message: string }
