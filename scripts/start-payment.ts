import { parsePayment } from '../src/snapshot/payment.js';
import { syncFromFile } from './snapshot-file.js';

await syncFromFile('start-payment', 'payment', (client, json) => client.syncPayment(parsePayment(json)));
