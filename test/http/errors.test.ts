import { ServiceError } from '@temporalio/client';
import fastify from 'fastify';
import { expect, test } from 'vitest';
import { answerErrors } from '../../src/http/errors.js';

test('a mistake of ours is a 500 that tells the log everything and the caller nothing', async () => {
  const lines: string[] = [];
  const app = fastify({ logger: { stream: { write: (line) => lines.push(line) } } });
  answerErrors(app);
  app.get('/broken', () => {
    throw new Error('password=hunter2');
  });
  const answer = await app.inject({ url: '/broken' });
  await app.close();
  expect(answer.statusCode).toBe(500);
  expect(answer.json()).toMatchObject({ error: 'internal-error' });
  expect(answer.body).not.toContain('hunter2');
  expect(lines.join('')).toContain('unexpected');
});

test('an error with a status of its own keeps it', async () => {
  const app = fastify();
  answerErrors(app);
  app.get('/missing', () => {
    throw Object.assign(new Error('There is no such firm.'), { statusCode: 404 });
  });
  const answer = await app.inject({ url: '/missing' });
  await app.close();
  expect([answer.statusCode, answer.json<{ message: string }>().message]).toEqual([
    404,
    'There is no such firm.',
  ]);
});

test('Temporal being away is a 503 that says what to do', async () => {
  const app = fastify();
  answerErrors(app);
  app.get('/away', () => {
    throw new ServiceError('Failed to signalWithStart', { cause: new Error('UNAVAILABLE') });
  });
  const answer = await app.inject({ url: '/away' });
  await app.close();
  expect(answer.statusCode).toBe(503);
  expect(answer.json<{ message: string }>().message).toMatch(
    /does not count as accepted. Send it again later/,
  );
});
