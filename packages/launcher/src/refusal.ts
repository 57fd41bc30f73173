/** A failure that its message explains to the user in full. */
export class Refusal extends Error {}
