import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TFunction } from 'i18next';
import { wordsIn } from '@/test-words';
import { reduceUploads, type Upload } from '@/frame/uploads/UploadProvider';
import { mediaTypeOf } from '@/frame/uploads/sendFile';
import { reasonWords } from '@/ui/words';
import { address, api, setCsrfToken } from './client';
import { patchRows, type LiveEvent } from './live';
import { ApiProblem, problemWords, type Problem } from './problem';
import type { DocumentSummary } from './queries';

afterEach(() => vi.unstubAllGlobals());

describe('addresses', () => {
  it('escape what stands in them and leave out what is empty', () => {
    expect(address('/api/v1/partners/{identifier}', { path: { identifier: '0007:55/99' } })).toBe('/api/v1/partners/0007%3A55%2F99');
    expect(address('/api/v1/documents', { query: { query: 'åäö & co', status: ['stopped', 'failed'], cursor: undefined, number: '' } })).toBe(
      '/api/v1/documents?query=%C3%A5%C3%A4%C3%B6+%26+co&status=stopped%2Cfailed',
    );
  });
});

describe('calls', () => {
  const answering = (status: number, body: unknown) => {
    const fetched = vi.fn<typeof fetch>(async () => new Response(JSON.stringify(body), { status }));
    vi.stubGlobal('fetch', fetched);
    return fetched;
  };

  it('carry the CSRF token when they change something, and only then', async () => {
    const fetched = answering(200, {});
    setCsrfToken('secret');
    await api.get('/api/v1/session');
    await api.put('/api/v1/session', { body: { companyId: '2' } });
    expect(fetched.mock.calls.map(([, init]) => (init?.headers as Record<string, string>)['X-CSRF-Token'])).toEqual([undefined, 'secret']);
  });

  it('fail with the problem that the API tells', async () => {
    answering(404, { type: '/problems/document-not-found', title: '', status: 404, code: 'document-not-found', detail: 'x' });
    const failed = await api.get('/api/v1/documents/{id}', { path: { id: 'x' } }).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(ApiProblem);
    expect((failed as ApiProblem).code).toBe('document-not-found');
    expect((failed as ApiProblem).worthRetrying).toBe(false);
  });

  it('say that the server is unreachable when there is no answer, or a proxy’s page', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')));
    await expect(api.get('/api/v1/session')).rejects.toMatchObject({ problem: { code: 'unreachable' } });
    vi.stubGlobal('fetch', async () => new Response('<html>Bad gateway</html>', { status: 502 }));
    await expect(api.get('/api/v1/session')).rejects.toMatchObject({ problem: { code: 'unreachable' }, worthRetrying: true });
  });
});

describe('problems in words', () => {
  let t: TFunction;
  beforeAll(async () => {
    t = await wordsIn('sv');
  });
  const problem = (code: string, more: Partial<Problem> = {}): Problem => ({ type: '', title: '', status: 400, code, detail: 'English.', advice: 'Do.', ...more });

  it('come from texts, with what to do', () => {
    expect(problemWords(t, problem('duplicate-document', { parameters: { date: '2026-11-20' } }))).toEqual({
      what: 'Samma fil har redan lämnats in 2026-11-20.',
      advice: expect.stringContaining('Öppna det tidigare dokumentet') as string,
    });
  });
  it('fall back on the server’s sentence where the words or their values are missing', () => {
    expect(problemWords(t, problem('brand-new'))).toEqual({ what: 'English.', advice: 'Do.' });
    expect(problemWords(t, problem('duplicate-document')).what).toBe('English.');
  });
  it('are short in lists', () => {
    expect(reasonWords(t, 'buyer-missing')).toBe('Köparens namn saknas');
    expect(reasonWords(t, 'BR-CO-15')).toBe('Beloppet med moms stämmer inte');
    expect(reasonWords(t, 'X-99')).toBe('X-99');
  });
});

describe('live events', () => {
  const row = { id: 'a', status: 'sending', lastEvent: { type: 'sent', at: '2026-11-23T08:00:00Z', detail: null } } as DocumentSummary;
  const event = (at: string, documentId = 'a') => ({ documentId, event: 'delivered', status: 'delivered', at }) as LiveEvent;

  it('change the row in place', () => {
    expect(patchRows({ items: [row] }, event('2026-11-23T08:00:01Z'))?.items[0]).toMatchObject({ status: 'delivered', lastEvent: { type: 'delivered' } });
  });
  it('that say who has looked at what is stopped leave why it is', () => {
    const stopped: DocumentSummary = { ...row, status: 'stopped', lastEvent: { ...row.lastEvent, type: 'stopped' } };
    const opened: LiveEvent = { ...event('2026-11-23T08:00:01Z'), status: 'stopped', event: 'opened' };
    expect(patchRows({ items: [stopped] }, opened)?.items[0]).toEqual(stopped);
    expect(patchRows({ items: [stopped] }, { ...opened, event: 'stopped' })?.items[0]?.lastEvent.at).toBe(opened.at);
  });
  it('that are older than the row, or about another, change nothing', () => {
    const page = { items: [row] };
    expect(patchRows(page, event('2026-11-23T07:59:59Z'))?.items[0]).toEqual(row);
    expect(patchRows(page, event('2026-11-23T08:00:01Z', 'b'))).toBe(page);
    expect(patchRows(undefined, event('2026-11-23T08:00:01Z'))).toBeUndefined();
  });
});

describe('uploads', () => {
  const upload = (key: string, state: Upload['state']): Upload => ({ key, file: new File([], key), state, share: 0 });

  it('are put away when they are done, not while they run', () => {
    const left = reduceUploads([upload('a', 'done'), upload('b', 'sending'), upload('c', 'refused')], { do: 'clear' });
    expect(left.map((one) => one.key)).toEqual(['b']);
  });
  it('say what kind of file they are', () => {
    expect(mediaTypeOf(new File([], 'a.XML'))).toBe('application/xml');
    expect(mediaTypeOf(new File([], 'november.zip'))).toBe('application/zip');
    expect(mediaTypeOf(new File([], 'bild.png', { type: 'image/png' }))).toBe('image/png');
  });
});
