/** What a request line asks for. */
export interface Target {
  readonly pathname: string;
  /** Without the question mark. */
  readonly query: string;
  readonly searchParams: URLSearchParams;
}

/** Clients send plain paths, which need no parser of addresses; a proxy's whole address does. */
export function targetOf(requestUrl: string): Target {
  const plain = requestUrl.startsWith('/') ? requestUrl : pathOf(requestUrl);
  const mark = plain.indexOf('?');
  const query = mark < 0 ? '' : plain.slice(mark + 1);
  return {
    pathname: mark < 0 ? plain : plain.slice(0, mark),
    query,
    searchParams: new URLSearchParams(query),
  };
}

function pathOf(address: string): string {
  const { pathname, search } = new URL(address, 'http://simulator');
  return pathname + search;
}
