// The one place that talks HTTP. Typed by the API's description (schema.ts): a wrong path, parameter or field does not
// compile.
import { ApiProblem, unreachable, type Problem } from './problem';
import type { paths } from './schema';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type PathsWith<M extends Method> = { [P in keyof paths]: paths[P] extends Record<M, object> ? P : never }[keyof paths];
type Operation<P extends keyof paths, M extends Method> = paths[P] extends Record<M, infer O> ? O : never;
type Part<O, K extends string> = O extends { parameters: Partial<Record<K, infer V>> } ? NonNullable<V> : never;
type Body<O> = O extends { requestBody: { content: { 'application/json': infer B } } } ? B : never;
type Good<O> = O extends { responses: infer R } ? R[keyof R & (200 | 201 | 202)] : never;
export type Answer<P extends keyof paths, M extends Method> =
  Good<Operation<P, M>> extends { content: { 'application/json': infer A } } ? A : undefined;

interface Options<O> {
  path?: Part<O, 'path'>;
  query?: Part<O, 'query'>;
  body?: Body<O>;
  signal?: AbortSignal;
}

let csrfToken = '';
export function setCsrfToken(token: string): void {
  csrfToken = token;
}
export function csrfHeader(): Record<string, string> {
  return csrfToken ? { 'X-CSRF-Token': csrfToken } : {};
}

// The address of a call, for links, iframes and requests: values percent-encoded, lists with commas, empty ones left out.
export function address(path: string, values: { path?: object; query?: object } = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String((values.path as Record<string, unknown> | undefined)?.[name] ?? '')),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values.query ?? {})) {
    const text = Array.isArray(value) ? value.join(',') : value === undefined || value === null ? '' : String(value);
    if (text !== '') query.set(name, text);
  }
  const tail = query.toString();
  return tail ? `${filled}?${tail}` : filled;
}

export async function problemOf(response: Response): Promise<ApiProblem> {
  try {
    const problem = (await response.json()) as Problem;
    if (typeof problem.code === 'string') return new ApiProblem(problem);
  } catch {
    // not a Problem: a proxy's page, or nothing
  }
  return new ApiProblem({
    type: '/problems/unexpected-answer',
    title: response.statusText,
    status: response.status,
    code: response.status >= 500 ? 'unreachable' : 'unexpected-answer',
    detail: `The server answered ${response.status}.`,
  });
}

async function answerTo(method: string, url: string, body: unknown, accept: string, signal?: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { Accept: accept };
  if (method !== 'GET') Object.assign(headers, csrfHeader());
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  let response: Response;
  try {
    response = await fetch(url, {
      method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw unreachable();
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

async function send(method: string, url: string, body: unknown, signal?: AbortSignal): Promise<unknown> {
  const response = await answerTo(method, url, body, 'application/json', signal);
  return response.status === 204 ? undefined : ((await response.json()) as unknown);
}

// What answers with a page instead of JSON: a copy that nothing has been kept of.
export async function postForPage<P extends PathsWith<'post'>>(path: P, options: Options<Operation<P, 'post'>>): Promise<string> {
  return (await answerTo('POST', address(path, options), options.body, 'text/html', options.signal)).text();
}

function call<M extends Method>(method: M) {
  return async <P extends PathsWith<M>>(path: P, options: Options<Operation<P, M>> = {}): Promise<Answer<P, M>> =>
    (await send(method.toUpperCase(), address(path, options), options.body, options.signal)) as Answer<P, M>;
}

export const api = { get: call('get'), post: call('post'), put: call('put'), patch: call('patch'), delete: call('delete') };
