/** Secrets of webhooks are kept like tokens; whoever may not know the codec gets it here. */
export { openText as openSecret, sealText as sealSecret } from '../codec/seal.js';
