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
