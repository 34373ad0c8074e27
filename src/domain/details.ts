import { exampleRemedy, type Parked } from './remedy.js';

/** Markdown for the Temporal UI's details tab: what is wrong, what to do, and the JSON to paste. */
export function parkedDetails(parked: Parked): string {
  const examples = parked.allowed.map((action) => `- \`${exampleRemedy(parked, action)}\``);
  return [
    `### Needs a person: ${parked.fault}`,
    `**What is wrong.** ${parked.cause}`,
    `**What to do.** ${parked.remedy}`,
    ...(parked.qboUrl ? [`**In QuickBooks:** ${parked.qboUrl}`] : []),
    '**Then send the update `remediate` with one of these:**',
    examples.join('\n'),
    'or simply the signal `retry` with an empty box.',
    `Waiting since ${parked.since}.`,
  ].join('\n\n');
}

export function waitingDetails(why: string): string {
  return `### Waiting\n\n${why}\n\nNothing has to be done: it goes on by itself.`;
}
