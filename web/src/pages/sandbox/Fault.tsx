// Why what somebody has just tried was not done; nothing where it was.
import { asProblem, problemWords } from '@/api/problem';
import { useWords } from '@/texts/useWords';
import classes from './Sandbox.module.css';

export function Fault({ error }: { error: unknown }) {
  const { t } = useWords();
  if (!error) return null;
  const fault = problemWords(t, asProblem(error));
  return (
    <p role="alert" className={classes.fault}>
      {fault.what} {fault.advice}
    </p>
  );
}
