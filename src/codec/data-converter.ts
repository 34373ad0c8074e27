import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import type { Keyring } from './keyring.js';
import { createPayloadCodec } from './payload-codec.js';

/** The file to name as `failureConverterPath` where workflows are bundled; `.ts` from source, `.js` once built. */
export const failureConverterPath = fileURLToPath(
  new URL(`./failure-converter${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url),
);

/**
 * What clients and workers alike need in order to understand each other. Without encryption the failure texts stay
 * readable; both kinds are understood either way.
 */
export function dataConverter(keyring: Keyring): DataConverter {
  return {
    payloadCodecs: [createPayloadCodec(keyring)],
    ...(keyring.currentId !== undefined && { failureConverterPath }),
  };
}
