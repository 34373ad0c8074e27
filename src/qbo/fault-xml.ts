/** An XML fault as plain records, with the names its JSON form would have. */
export interface XmlFault {
  type: string;
  errors: Record<string, string>[];
}

/** A fault is short; what is longer is a page, and patterns must stay cheap on it. */
const SCANNED_LENGTH = 64 * 1024;

/**
 * Reads `<Fault type="…"><Error code="…">` wherever it stands, with or without a namespace prefix; undefined
 * where the markup is no QuickBooks XML. A few patterns suffice for this one shape, and unlike a parser they
 * also read a body that was cut off.
 */
export function readXmlFault(body: string): XmlFault | undefined {
  const text = body.slice(0, SCANNED_LENGTH);
  const fault = /<(?:[\w-]+:)?Fault(\s[^>]*)?>/.exec(text);
  if (fault) return { type: attribute(fault[1], 'type'), errors: errorsIn(text.slice(fault.index)) };
  const info = /<(?:[\w-]+:)?FaultInfo(\s[^>]*)?>/.exec(text);
  if (info) {
    const rest = text.slice(info.index);
    const error = { code: element(rest, 'ErrorCode'), Message: element(rest, 'Message') };
    return { type: element(rest, 'Cause'), errors: [error] };
  }
  return /^<\?xml|^<(?:[\w-]+:)?IntuitResponse\b/.test(text) && !/<html\b/i.test(text)
    ? { type: '', errors: [] }
    : undefined;
}

function errorsIn(text: string): Record<string, string>[] {
  // The text between two opening tags belongs to the first, closed or not.
  const openings = [...text.matchAll(/<(?:[\w-]+:)?Error(\s[^>]*?)?\/?>/g)];
  return openings.map((opening, at) => {
    const inner = text.slice(opening.index + opening[0].length, openings[at + 1]?.index);
    return {
      code: attribute(opening[1], 'code'),
      element: attribute(opening[1], 'element'),
      Message: element(inner, 'Message'),
      Detail: element(inner, 'Detail'),
    };
  });
}

function attribute(attributes: string | undefined, name: string): string {
  const hit = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes ?? '');
  return decode(hit?.[1] ?? hit?.[2] ?? '');
}

function element(text: string, name: string): string {
  const hit = new RegExp(`<(?:[\\w-]+:)?${name}(?:\\s[^>]*)?>([^]*?)(?:</(?:[\\w-]+:)?${name}>|$)`).exec(
    text,
  );
  const inner = (hit?.[1] ?? '').trim();
  const cdata = /^<!\[CDATA\[([^]*?)(?:\]\]>|$)/.exec(inner);
  return cdata ? (cdata[1] ?? '') : decode(inner);
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decode(text: string): string {
  return text.replace(
    /&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return Object.hasOwn(ENTITIES, name) ? (ENTITIES[name] ?? whole) : whole;
      const point = decimal !== undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hex ?? '', 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    },
  );
}
