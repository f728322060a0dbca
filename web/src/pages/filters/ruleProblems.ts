// What is wrong with a demand, as the server says it.
import type { TFunction } from 'i18next';
import type { RuleProblem } from '@/api/filters';
import { ApiProblem } from '@/api/problem';

export function ruleProblems(error: unknown, told: RuleProblem[] | undefined): RuleProblem[] {
  if (error instanceof ApiProblem) {
    const { problems } = error.problem as typeof error.problem & { problems?: RuleProblem[] };
    return problems?.length ? problems : [{ where: error.problem.where ?? '', code: error.code, detail: error.problem.detail }];
  }
  return told ?? [];
}

export function ruleProblemWords(t: TFunction, problem: RuleProblem): string {
  for (const section of ['portal.filters.problem', 'problem']) {
    const words = t(`${section}.${problem.code}`, { defaultValue: '' });
    if (words && !words.includes('{{')) return words;
  }
  return problem.detail;
}
