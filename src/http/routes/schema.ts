import type { FastifyPluginAsync } from 'fastify';
import { jsonSchema, SCHEMAS, type SchemaName } from '../../snapshot/schema.js';
import { refusal } from '../refusal.js';

const isName = (name: string): name is SchemaName => Object.hasOwn(SCHEMAS, name);

/** The JSON Schema of what a billing app may send. */
export const schemaRoutes: FastifyPluginAsync = async (app) => {
  app.get<{ Params: { name: string } }>('/v1/schemas/:name', ({ params: { name } }, reply) => {
    if (isName(name)) return reply.send(jsonSchema(name));
    const names = Object.keys(SCHEMAS).join(', ');
    throw refusal(404, `There is no schema "${name}"; there are: ${names}.`);
  });
  await Promise.resolve();
};
