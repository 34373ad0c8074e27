import { parseBill } from '../src/snapshot/bill.js';
import { syncFromFile } from './snapshot-file.js';

await syncFromFile('start-bill', 'bill', (client, json) => client.syncBill(parseBill(json)));
