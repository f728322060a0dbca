// Why what somebody has just tried was not done; nothing where it was.
import { asProblem, problemWords, type Problem } from '@/api/problem';
import { useWords } from '@/texts/useWords';
import classes from './SignIn.module.css';

export function Fault({ error, code }: { error?: unknown; code?: string }) {
  const { t } = useWords();
  if (!error && !code) return null;
  const problem: Problem = code ? { type: '', title: '', status: 400, code, detail: t('problem.identity-refused') } : asProblem(error);
  const fault = problemWords(t, problem);
  return (
    <p role="alert" className={classes.fault}>
      {fault.what} {fault.advice}
    </p>
  );
}
