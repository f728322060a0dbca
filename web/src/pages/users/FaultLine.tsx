import { asProblem, problemWords } from '@/api/problem';
import { useWords } from '@/texts/useWords';
import classes from './Users.module.css';

export function FaultLine({ error }: { error: unknown }) {
  const { t } = useWords();
  if (!error) return null;
  const { what, advice } = problemWords(t, asProblem(error));
  return (
    <p role="alert" className={classes.fault}>
      {what} {advice}
    </p>
  );
}
