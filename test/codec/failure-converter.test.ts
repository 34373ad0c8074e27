import { ApplicationFailure, defaultPayloadConverter } from '@temporalio/common';
import { loadDataConverter } from '@temporalio/common/lib/internal-non-workflow/data-converter-helpers.js';
import {
  decodeOptionalFailureToOptionalError,
  encodeErrorToFailure,
} from '@temporalio/common/lib/internal-non-workflow/codec-helpers.js';
import { describe, expect, it } from 'vitest';
import { dataConverter } from '../../src/codec/data-converter.js';
import { createKeyring } from '../../src/codec/keyring.js';
import { ringOf } from './ring.js';

describe('a failure', () => {
  it('travels without its text, and comes back with it', async () => {
    const converter = loadDataConverter(dataConverter(ringOf('k')));
    const failure = ApplicationFailure.nonRetryable('Customer Acme was deleted', 'QboRefused', {
      faultKey: 'x',
    });
    const sent = await encodeErrorToFailure(converter, failure);
    expect(JSON.stringify(sent)).not.toMatch(/Acme|failure-converter.test/);
    expect(sent.message).toBe('Encoded failure');

    const received = await decodeOptionalFailureToOptionalError(converter, sent);
    expect(received).toMatchObject({
      message: 'Customer Acme was deleted',
      type: 'QboRefused',
      details: [{ faultKey: 'x' }],
    });
  });

  it('is still one when its text cannot be decoded', async () => {
    const sent = await encodeErrorToFailure(loadDataConverter(dataConverter(ringOf('k'))), new Error('Acme'));
    const elsewhere = loadDataConverter(dataConverter(ringOf('other')));
    expect(await decodeOptionalFailureToOptionalError(elsewhere, sent)).toMatchObject({
      message: 'Encoded failure',
    });
  });

  it('keeps its text in sight with encryption off, and both kinds are understood', async () => {
    const off = loadDataConverter(dataConverter(createKeyring([])));
    expect((await encodeErrorToFailure(off, new Error('Acme'))).message).toBe('Acme');
    const sent = loadDataConverter(dataConverter(ringOf('k'))).failureConverter.errorToFailure(
      new Error('Acme'),
      defaultPayloadConverter,
    );
    expect(await decodeOptionalFailureToOptionalError(off, sent)).toMatchObject({ message: 'Acme' });
  });
});
