const BLOCK_BYTES = 1 << 20;
/** Length of the text, status, instant. */
const HEAD_BYTES = 4 + 2 + 8;

export interface KeptAnswer {
  readonly status: number;
  readonly storedAtMs: number;
  /** The body, as it was written. */
  readonly json: string;
}

/**
 * Answers by key, as bytes in few large blocks: hundreds of thousands of them are a matter of course, and as objects
 * they would fill the heap and slow down every collection of garbage.
 */
export class AnswerMemory {
  private readonly positionByKey = new Map<string, number>();
  private blocks: Buffer[] = [];
  private usedBytes = BLOCK_BYTES;

  keep(key: string, { status, storedAtMs, json }: KeptAnswer): void {
    const needed = HEAD_BYTES + Buffer.byteLength(json);
    if (this.usedBytes + needed > BLOCK_BYTES) {
      this.blocks.push(Buffer.allocUnsafeSlow(Math.max(BLOCK_BYTES, needed)));
      this.usedBytes = 0;
    }
    const block = this.blocks.at(-1) ?? Buffer.alloc(0);
    const at = this.usedBytes;
    block.writeUInt32LE(needed - HEAD_BYTES, at);
    block.writeUInt16LE(status, at + 4);
    block.writeDoubleLE(storedAtMs, at + 6);
    block.write(json, at + HEAD_BYTES);
    this.usedBytes += needed;
    this.positionByKey.set(key, (this.blocks.length - 1) * BLOCK_BYTES + at);
  }

  get(key: string): KeptAnswer | undefined {
    const position = this.positionByKey.get(key);
    const block = this.blocks[Math.floor((position ?? 0) / BLOCK_BYTES)];
    if (position === undefined || block === undefined) return undefined;
    const at = position % BLOCK_BYTES;
    const from = at + HEAD_BYTES;
    return {
      status: block.readUInt16LE(at + 4),
      storedAtMs: block.readDoubleLE(at + 6),
      json: block.toString('utf8', from, from + block.readUInt32LE(at)),
    };
  }

  /** Room comes back only when the last answer is forgotten. */
  forget(key: string): void {
    this.positionByKey.delete(key);
    if (this.positionByKey.size > 0) return;
    this.blocks = [];
    this.usedBytes = BLOCK_BYTES;
  }

  keys(): Iterable<string> {
    return this.positionByKey.keys();
  }
}
