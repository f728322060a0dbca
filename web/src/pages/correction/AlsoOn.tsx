// Fix once, release all: the others that stopped for the same cause. Each is tried with the same change before it is sent.
import { Checkbox, Loader } from '@mantine/core';
import { IconAlertCircle, IconCheck } from '@tabler/icons-react';
import { problemWords } from '@/api/problem';
import type { Difference, GroupResult } from '@/api/stops';
import type { Party } from '@/api/queries';
import { useWords } from '@/texts/useWords';
import type { Amount } from '@/format/amounts';
import { plainWords } from '@/format/plain';
import { findingWords } from './findingWords';
import classes from './Correction.module.css';

export interface Other {
  id: string;
  number: string | null;
  receiver: Party;
  amount: Amount | null;
}

interface AlsoOnProps {
  others: readonly Other[];
  receiver: Party; // of the one that is open
  chosen: readonly string[];
  results: GroupResult['items'] | undefined; // how each would stand
  busy: boolean;
  onChange: (chosen: string[]) => void;
}

export function AlsoOn({ others, receiver, chosen, results, busy, onChange }: AlsoOnProps) {
  const { t, language, amount } = useWords();
  if (others.length === 0) return null;
  const said = ({ findings: [first], problem }: GroupResult['items'][number]) =>
    first ? findingWords(t, first, language).what : problem ? plainWords(problemWords(t, problem).what) : t('portal.correction.stillWrong');
  // What the value takes the place of differs from one to another.
  const replaced = ({ before }: Difference) => (before ? t('portal.correction.replaces', { value: before }) : t('portal.correction.addedTo'));
  const all = chosen.length === others.length;
  const sameReceiver = others.every((other) => other.receiver.identifier === receiver.identifier);
  return (
    <fieldset className={classes.also}>
      <legend className="visually-hidden">{t('portal.correction.alsoOn')}</legend>
      <Checkbox
        checked={all}
        indeterminate={!all && chosen.length > 0}
        onChange={() => onChange(all ? [] : others.map((other) => other.id))}
        label={t(sameReceiver ? 'portal.correction.alsoSame' : 'portal.correction.alsoCause', { count: others.length })}
        size="sm"
      />
      <ul>
        {others.map((other) => {
          const on = chosen.includes(other.id);
          const result = on ? results?.find((one) => one.id === other.id) : undefined;
          return (
            <li key={other.id}>
              <Checkbox
                checked={on}
                onChange={() => onChange(on ? chosen.filter((id) => id !== other.id) : [...chosen, other.id])}
                label={
                  <>
                    <strong>{other.number ?? t('portal.documents.noNumber')}</strong>
                    {!sameReceiver && <span className={classes.dim}> {other.receiver.name}</span>}
                    {result?.difference[0] && <span className={classes.dim}> {replaced(result.difference[0])}</span>}
                  </>
                }
              />
              {on && busy && !result && <Loader size={14} color="gray" aria-hidden />}
              {result && (
                <span className={classes.result} data-wrong={!result.ok || undefined}>
                  {result.ok ? <IconCheck size={14} stroke={1.75} aria-hidden /> : <IconAlertCircle size={14} stroke={1.75} aria-hidden />}
                  <span>{result.ok ? t('portal.correction.meets') : said(result)}</span>
                </span>
              )}
              <span className={classes.otherAmount}>{other.amount ? amount(other.amount) : ''}</span>
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}
