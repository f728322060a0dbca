// The address's query as plain text, ?status=stopped,failed&query=4711, so that a person can read, write and send it.
export function parseSearch(query: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(query));
}

export function stringifySearch(search: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    const written = Array.isArray(value) ? value.join(',') : value === undefined || value === null ? '' : String(value);
    if (written !== '') query.set(name, written);
  }
  const text = query.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
  return text ? `?${text}` : '';
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function list(value: unknown): string[] | undefined {
  const written = Array.isArray(value) ? value.join(',') : text(value);
  const values = written?.split(',').filter(Boolean);
  return values && values.length > 0 ? values : undefined;
}

// Whether an address that somebody gave us leads within the portal, as a browser reads it: a backslash is a slash to it,
// and tabs and line breaks are nothing, so that «/\host» and «/<tab>/host» are other hosts.
export function isOwnPath(address: string): boolean {
  if (!address.startsWith('/')) return false;
  try {
    return new URL(address, globalThis.location.origin).origin === globalThis.location.origin;
  } catch {
    return false;
  }
}

// What several pages' addresses say.
export const readQuery = (search: Record<string, unknown>): { query?: string } => {
  const query = text(search.query);
  return query ? { query } : {};
};

// What a way through an identity provider ended with, when it went wrong: the code of a problem.
export const readProblem = (search: Record<string, unknown>): { problem?: string } => {
  const problem = text(search.problem);
  return problem && /^[a-z][a-z-]{2,60}$/.test(problem) ? { problem } : {};
};

export const readCompany = (search: Record<string, unknown>): { company?: string } => {
  const company = text(search.company);
  return company ? { company } : {};
};

// For useSearch(): what a page's reader leaves out of the address, the router would give it all the same.
export const reading = <T>(read: (search: Record<string, unknown>) => T) => ({ select: (address: object) => read({ ...address }), structuralSharing: true as const });
