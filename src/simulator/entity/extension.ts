import type { Fields } from '../fields.js';

/** The read-only block in which the service leaves name–value pairs; sent back, it is refused. */
export function nameValueBlock(pairs: Readonly<Record<string, string | undefined>>): Fields {
  const any = Object.entries(pairs).flatMap(([name, value]) =>
    value === undefined
      ? []
      : [
          {
            name: '{http://schema.intuit.com/finance/v3}NameValue',
            declaredType: 'com.intuit.schema.finance.v3.NameValue',
            scope: 'javax.xml.bind.JAXBElement$GlobalScope',
            value: { Name: name, Value: value },
            nil: false,
            globalScope: true,
            typeSubstituted: false,
          },
        ],
  );
  return { any };
}
