// What is wrong in a form, each at its field, the first of which has the focus. What the server refuses of one of the
// fields is said there; of anything else, `beside` has the words.
import { useRef, useState } from 'react';
import { asProblem, problemWords } from '@/api/problem';
import { useWords } from '@/texts/useWords';

type FaultsOf<Name extends string> = Partial<Record<Name, string | undefined>>;

// `fields`: those that the server names in a problem's `where`; others are told of by the form alone.
export function useFaults<Field extends string, Other extends string = never>(fields: readonly Field[]) {
  const { t } = useWords();
  const box = useRef<HTMLFormElement>(null);
  const [faults, setFaults] = useState<FaultsOf<Field | Other>>({});
  const fieldOf = (error: unknown) => fields.find((field) => asProblem(error).where === `/${field}`);
  const tell = (found: FaultsOf<Field | Other>) => {
    setFaults(found);
    const [first] = Object.keys(found);
    if (first) box.current?.querySelector<HTMLElement>(`[name=${first}]`)?.focus();
  };
  const refuse = (error: unknown) => {
    const field = fieldOf(error);
    const { what, advice } = problemWords(t, asProblem(error));
    if (field) tell({ [field]: `${what} ${advice}`.trim() } as FaultsOf<Field | Other>);
  };
  const beside = (error: unknown) => (error && !fieldOf(error) ? problemWords(t, asProblem(error)) : undefined);
  const forget = (name: Field | Other) => setFaults((now) => ({ ...now, [name]: undefined }));
  return { box, faults, tell, refuse, beside, forget };
}
