export class SandboxFailed extends Error {
  override name = "SandboxFailed"
}
