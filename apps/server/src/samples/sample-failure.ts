/** Why a sample is not there, and the status that says so. */
export const sampleReasons = {
  SAMPLE_REFUSED: 403,
  SAMPLE_NOT_FOUND: 404,
  SAMPLE_NOT_SOUND: 415,
  SAMPLES_BUSY: 429,
  SAMPLE_TOO_LARGE: 502,
  SAMPLES_UNREACHABLE: 502,
  SAMPLES_TIMEOUT: 504,
} as const
export type SampleReason = keyof typeof sampleReasons

export class SampleFailure extends Error {
  override name = "SampleFailure"
  readonly reason: SampleReason

  constructor(reason: SampleReason, message: string) {
    super(message)
    this.reason = reason
  }
}
