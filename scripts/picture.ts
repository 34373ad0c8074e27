import { chromium } from 'playwright-core';
import { runScript } from './command.js';

const PICTURE = new URL('../docs/images/parked-bill.png', import.meta.url).pathname;

/** High enough for all that the page says about a parked bill, down to the last line to paste. */
const SIZE = { width: 1280, height: 1390 };

await runScript('picture', (command) =>
  command
    .description(
      'Takes the picture of a parked bill for README.md from a Temporal UI, such as that of the demo.',
    )
    .argument('<page>', "the address of the bill's workflow in the Temporal UI, as the demo prints it")
    .option('--out <file>', 'where to', PICTURE)
    .option('--browser <file>', 'a Chromium', '/usr/bin/chromium')
    .action(async (address: string, { out, browser: executablePath }: { out: string; browser: string }) => {
      // Root, as in a container, cannot have the sandbox; the page is our own.
      const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
      const browser = await chromium.launch({ executablePath, args });
      try {
        const page = await browser.newPage({ viewport: SIZE, timezoneId: 'UTC' });
        await page.goto(address);
        // The UI looks up the run before it shows anything, and shows the details in a frame of their own.
        await page.waitForURL(/\/timeline/);
        await page.getByRole('tab', { name: 'User Metadata' }).click();
        const details = page.locator('iframe[src*="Needs%20a%20person"]').contentFrame();
        await details.getByText('Waiting since').waitFor();
        await page.screenshot({ path: out });
        console.log(`Took ${out}.`);
      } finally {
        await browser.close();
      }
    }),
);
