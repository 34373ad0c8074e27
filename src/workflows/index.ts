// What the bundle exports, nothing else.
export { bill } from './bill.js';
export { company } from './company.js';
export { contact } from './contact.js';
export { mend } from './mend.js';
export { notify } from './notify.js';
export { payment } from './payment.js';
export { reconcile } from './reconcile.js';
export { sweep } from './sweep.js';
export { timekeeper } from './timekeeper.js';
export { trustTransaction } from './trust-transaction.js';
