import { EXIT } from '../command.js';
import { openStage } from '../storm/open.js';
import type { Patience } from '../storm/rest.js';
import { runTrustStorm } from './run.js';
import { summary } from './verdict.js';

/** Plays a storm of client money against the real parts, and answers the exit code. */
export async function playTrust(options: {
  dir: string;
  size: number;
  seed: number;
  firms: number;
  progress: (line: string) => void;
  patience: Patience;
  /** It is given up then, whatever hangs. */
  deadlineMs: number;
}): Promise<{ code: number; lastLine: string }> {
  const { dir, size, seed, firms, progress, patience, deadlineMs } = options;
  const stage = await openStage({ dir, firms, progress });
  const late = setTimeout(() => {
    console.error('It has no end.');
    void stage.close().then(() => process.exit(EXIT.refused));
  }, deadlineMs);
  try {
    const verdict = await runTrustStorm(stage, { size, seed, atOnce: 20, patience });
    for (const line of verdict.complaints) console.error(line);
    const { duplicates, lost, unexplained, negative, writes } = verdict;
    console.error(`${writes} writes of client money were looked at, one after the other`);
    const isRight = duplicates + lost + unexplained + negative === 0;
    return { code: isRight ? EXIT.done : EXIT.refused, lastLine: summary(verdict) };
  } finally {
    clearTimeout(late);
    await stage.close();
  }
}
