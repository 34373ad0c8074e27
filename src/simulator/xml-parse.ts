/** One element of a document. Prefixes of names are left out, as every client chooses its own. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

const TOKEN =
  /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<[?!][^>]*>|<(\/?)([^\s/>]+)([^>]*?)(\/?)>|([^<]+)/g;
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

const NAMED: Readonly<Record<string, string>> = { amp: '&', apos: "'", gt: '>', lt: '<', quot: '"' };

function unescape(text: string): string {
  return text.replace(
    /&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi,
    (whole, hex?: string, decimal?: string, name = '') => {
      if (hex !== undefined) return String.fromCodePoint(parseInt(hex, 16));
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
      return NAMED[String(name)] ?? whole;
    },
  );
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function attributesOf(raw: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name = '', double, single] of raw.matchAll(ATTRIBUTE)) {
    if (!name.startsWith('xmlns')) attributes[localName(name)] = unescape(double ?? single ?? '');
  }
  return attributes;
}

/** The root of a document, undefined for what is none. */
export function parseXml(document: string): Element | undefined {
  const outside: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [outside];
  for (const [, data, closing, name = '', raw = '', isEmpty, text] of document.matchAll(TOKEN)) {
    const inner = open.at(-1) ?? outside;
    if (data !== undefined) inner.text += data;
    else if (text !== undefined) inner.text += unescape(text);
    else if (closing === '/') {
      if (open.length === 1 || inner.name !== localName(name)) return undefined;
      open.pop();
    } else if (name !== '') {
      const element = { name: localName(name), attributes: attributesOf(raw), children: [], text: '' };
      inner.children.push(element);
      if (isEmpty !== '/') open.push(element);
    }
  }
  return open.length === 1 && outside.children.length === 1 ? outside.children[0] : undefined;
}
