import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

const fixtures = process.env['COUNTERFOIL_FIXTURES'];

interface Validators {
  readonly envelope: ValidateFunction;
  readonly report: ValidateFunction;
  readonly taxService: ValidateFunction;
}

function compile(folder: string): Validators {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  const schema = JSON.parse(readFileSync(join(folder, 'derived/qbo.schema.json'), 'utf8')) as { $id: string };
  ajv.addSchema(schema);
  const compileDefinition = (name: string): ValidateFunction =>
    ajv.compile({ $ref: `${schema.$id}#/$defs/${name}` });
  return {
    envelope: compileDefinition('JsonResponse'),
    report: compileDefinition('Report'),
    taxService: compileDefinition('TaxService'),
  };
}

const validators = fixtures === undefined ? undefined : compile(fixtures);

/** Where Intuit's schema is at hand, every answer of the simulator must satisfy it; elsewhere this does nothing. */
export function checkAgainstSchema(answer: Record<string, unknown>): void {
  // The gateway in front of the service has a fault of its own, of which the schema knows nothing.
  if (validators === undefined || answer['fault'] !== undefined || Object.keys(answer).length === 0) return;
  const isTaxService = answer['TaxRateDetails'] !== undefined;
  const bare = answer['Columns'] === undefined ? undefined : validators.report;
  const validate = isTaxService ? validators.taxService : (bare ?? validators.envelope);
  // The tax service answers in no envelope, but for the time.
  const shown = Object.entries(answer).filter(([name]) => !isTaxService || name !== 'time');
  if (validate(Object.fromEntries(shown))) return;
  const errors = (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''}`);
  throw new Error(`not what Intuit answers:\n${errors.slice(0, 10).join('\n')}\n${JSON.stringify(answer)}`);
}
