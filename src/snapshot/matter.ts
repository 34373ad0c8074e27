import { z } from 'zod';
import { id, text } from './field.js';

export const matter = z.strictObject({
  matterId: id,
  number: text(100),
  description: text(1000),
});
