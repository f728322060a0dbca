// What went wrong, as the API says it (RFC 9457), and the words for it on the screen.
import type { TFunction } from 'i18next';
import type { components } from './schema';

export type Problem = components['schemas']['Problem'];

export class ApiProblem extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
    this.name = 'ApiProblem';
  }
  get code(): string {
    return this.problem.code;
  }
  // Whether the same request may succeed later without anything being changed.
  get worthRetrying(): boolean {
    return this.problem.status >= 500 || this.problem.status === 429 || this.problem.code === 'unreachable';
  }
}

// No answer at all: the network, or the server is starting.
export function unreachable(): ApiProblem {
  return new ApiProblem({
    type: '/problems/unreachable',
    title: 'Unreachable',
    status: 503,
    code: 'unreachable',
    detail: 'The server did not answer.',
    advice: 'Check the network and try again.',
  });
}

export function asProblem(error: unknown): Problem {
  if (error instanceof ApiProblem) return error.problem;
  return {
    type: '/problems/portal',
    title: 'Portal',
    status: 500,
    code: 'portal-fault',
    detail: error instanceof Error ? error.message : String(error),
  };
}

// What the search box says that the list does not take: told beside the box, not instead of the list.
export function isAboutQuery(problem: Problem): boolean {
  return problem.code.startsWith('query-') || (problem.code === 'parameter-invalid' && problem.where === 'query');
}

export interface ProblemWords {
  what: string;
  advice: string;
}

// The words of problem.<code> (and what to do, problem.<code>-advice) when we have them, otherwise the server's own
// English sentences. Values that a sentence needs and the problem lacks make it fall back, too.
export function problemWords(t: TFunction, problem: Problem): ProblemWords {
  const sentence = (key: string) => {
    for (const section of ['problem', 'portal.problem']) {
      const words = t(`${section}.${key}`, { ...problem.parameters, defaultValue: '' });
      if (words && !words.includes('{{')) return words;
    }
    return '';
  };
  const what = sentence(problem.code);
  return { what: what || problem.detail, advice: sentence(`${problem.code}-advice`) || (what ? '' : (problem.advice ?? '')) };
}
