// The SDK loads this file with require(), under vitest without any compiler, and webpack bundles it for workflows:
// so it holds nothing that is TypeScript only.
import { DefaultFailureConverter } from '@temporalio/common';

/** Moves the message and stack of every failure into a payload, where the codec encrypts them. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
