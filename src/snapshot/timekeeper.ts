import { z } from 'zod';
import type { TimekeeperSnapshot } from '../domain/timekeeper.js';
import { id, read, text, version } from './field.js';

const timekeeperSnapshot = z.strictObject({
  timekeeperId: id,
  version,
  name: text(200),
}) satisfies z.ZodType<TimekeeperSnapshot>;

export const parseTimekeeper = (value: unknown): TimekeeperSnapshot =>
  read(timekeeperSnapshot, 'timekeeper', value);
