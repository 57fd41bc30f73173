import { type Impulse, type Impulses, piecesOf, type RoomShape } from "../sounds/impulses.ts"

/** What superdough takes a room for: it compares what it was made with to what is wanted next. */
export class Room extends GainNode {
  duration: number | undefined
  fade: number | undefined
  lp: number | undefined
  dim: number | undefined
  ir: AudioBuffer | undefined
  irspeed: number | undefined
  irbegin: number | undefined
  #impulses: Impulses
  #out: GainNode
  #pieces: AudioNode[] = []
  #turn = 0

  constructor(context: BaseAudioContext, impulses: Impulses) {
    super(context)
    this.#impulses = impulses
    this.#out = new GainNode(context)
    const out = this.#out
    // What is connected to a room hears its echo alone.
    Object.defineProperty(this, "connect", { value: (target: AudioNode) => out.connect(target) })
  }

  /** Takes another shape, whose echo is heard when it is there. */
  generate(...shape: RoomShape): void {
    const [duration = 2, fade = 0.1, lp = 15_000, dim = 1000, ir, irspeed, irbegin] = shape
    Object.assign(this, { duration, fade, lp, dim, ir, irspeed, irbegin })
    const turn = ++this.#turn
    this.#impulses.work(async () => {
      const impulse = await this.#impulses.get(...shape)
      if (turn !== this.#turn) return
      const former = this.#pieces
      this.#pieces = []
      let taken = 0
      for (const [index, piece] of piecesOf(this.context, impulse).entries()) {
        // A convolver is set up on this thread, in as many milliseconds as others can wait for their events.
        if (index > 0) await this.#impulses.pause(taken)
        if (turn !== this.#turn) return
        const begun = performance.now()
        this.#add(piece)
        taken = performance.now() - begun
        if (index === 0) for (const node of former) node.disconnect()
      }
    })
  }

  #add({ buffer, offset }: Impulse) {
    const convolver = new ConvolverNode(this.context, { buffer, disableNormalization: true })
    convolver.connect(this.#out)
    this.#pieces.push(convolver)
    if (offset === 0) return void super.connect(convolver)
    const delay = new DelayNode(this.context, { delayTime: offset, maxDelayTime: offset })
    delay.connect(convolver)
    super.connect(delay)
    this.#pieces.push(delay)
  }

  override disconnect(): void {
    this.#turn++
    super.disconnect()
    this.#out.disconnect()
    for (const node of this.#pieces) node.disconnect()
    this.#pieces = []
  }
}
