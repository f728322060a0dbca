// What is shown is the newest that the server said, however its answers overtake each other.
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { describe, expect, it, vi } from 'vitest';
import { unsent } from '@/ui/unsent';
import { askAgain } from './askAgain';
import { sessionQuery } from './queries';
import { showAnswer } from './showAnswer';

// A question whose answers are given by hand.
function asked(client: QueryClient, queryKey: readonly string[]) {
  const waiting: ((answer: string) => void)[] = [];
  const queryFn = ({ signal }: { signal: AbortSignal }) =>
    new Promise<string>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('aborted')));
      waiting.push(resolve);
    });
  const observer = new QueryObserver<string>(client, { queryKey, queryFn, staleTime: Infinity, retry: false });
  const stop = observer.subscribe(() => undefined);
  return { times: () => waiting.length, answer: (nth: number, answer: string) => waiting[nth]?.(answer), stop, shown: () => client.getQueryData<string>(queryKey) };
}

describe('what happened while its first answer was on its way', () => {
  it('is asked about again when that is here, once', async () => {
    const client = new QueryClient();
    const row = asked(client, ['tickets']);
    await vi.waitFor(() => expect(row.times()).toBe(1));
    for (let event = 0; event < 3; event++) askAgain(client, { queryKey: ['tickets'] });
    row.answer(0, 'read before it happened');
    await vi.waitFor(() => expect(row.times()).toBe(2));
    row.answer(1, 'read after');
    await vi.waitFor(() => expect(row.shown()).toBe('read after'));
    expect(row.times()).toBe(2);
    row.stop();
  });

  it('is asked about at once when something is shown', async () => {
    const client = new QueryClient();
    const row = asked(client, ['tickets']);
    await vi.waitFor(() => expect(row.times()).toBe(1));
    row.answer(0, 'first');
    await vi.waitFor(() => expect(row.shown()).toBe('first'));
    askAgain(client, { queryKey: ['tickets'] });
    await vi.waitFor(() => expect(row.times()).toBe(2));
    row.stop();
  });
});

describe('the answer to a change', () => {
  it('is not taken away by what was on its way, which is asked again', async () => {
    const client = new QueryClient();
    const key = sessionQuery.queryKey;
    const row = asked(client, key as unknown as string[]);
    await vi.waitFor(() => expect(row.times()).toBe(1));
    row.answer(0, 'the company before');
    await vi.waitFor(() => expect(row.shown()).toBe('the company before'));
    void client.invalidateQueries({ queryKey: key });
    await vi.waitFor(() => expect(row.times()).toBe(2));
    await showAnswer<unknown>(client, key as never, 'the company now');
    row.answer(1, 'the company before');
    await vi.waitFor(() => expect(row.times()).toBe(3));
    expect(row.shown()).toBe('the company now');
    row.answer(2, 'what somebody else did since');
    await vi.waitFor(() => expect(row.shown()).toBe('what somebody else did since'));
    row.stop();
  });
});

describe('a field when what was sent has been taken', () => {
  it('keeps what was written meanwhile', () => {
    expect(unsent('Tack.', 'Tack.')).toBe('');
    expect(unsent('Tack. Och en sak till', 'Tack.')).toBe('Och en sak till');
    expect(unsent('Något annat', 'Tack.')).toBe('Något annat');
    expect(unsent('Okej, då tar vi det', 'Ok')).toBe('Okej, då tar vi det');
    expect(unsent('Nu en text', '')).toBe('Nu en text');
  });
});
