import { InvalidArgumentError } from 'commander';
import { readDatabaseUrl } from '../src/config.js';
import { openDatabase } from '../src/db/database.js';
import { listJournalFirms, verifyTrustJournal, type JournalMark } from '../src/db/trust-journal.js';
import { EXIT, Refusal, runScript } from './command.js';

interface Options {
  firm?: string;
  mark?: JournalMark;
}

await runScript('verify-journal', (command) =>
  command
    .description(
      'Works out every hash of the journal of client money again, and names the first row that does not hold.',
    )
    .option('--firm <id>', 'this firm alone')
    .option('--mark <seq:hash>', 'a row whose hash was kept elsewhere; needs --firm', markOf)
    .action(async ({ firm, mark }: Options) => {
      if (mark && firm === undefined) throw new Refusal('A mark is of one firm: name it with --firm.');
      const db = openDatabase({ url: readDatabaseUrl().reveal() });
      try {
        for (const firmId of firm === undefined ? await listJournalFirms(db) : [firm]) {
          const verdict = await verifyTrustJournal(db, firmId, mark);
          if (verdict.holds) {
            console.log(
              `${firmId}: ${verdict.head.seq} rows hold; ends at ${verdict.head.seq}:${verdict.head.hash}`,
            );
            continue;
          }
          console.log(`${firmId}: row ${verdict.at} does not hold: ${verdict.why}`);
          process.exitCode = EXIT.refused;
        }
      } finally {
        await db.destroy();
      }
    }),
);

function markOf(text: string): JournalMark {
  const [, seq, hash] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? [];
  if (seq === undefined || hash === undefined) {
    throw new InvalidArgumentError('It must be as it was printed: 120:3f…');
  }
  return { seq: Number(seq), hash };
}
