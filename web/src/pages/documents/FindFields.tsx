// The fields of the advanced search. Each takes what is typed when it is left or Enter is pressed, and shows what the address
// says when that is changed elsewhere.
import { useState } from 'react';
import { Button, TextInput, type TextInputProps } from '@mantine/core';
import { decimal, parseAmount } from '@/format/amounts';
import { isDate, today } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import type { Change } from './FacetPanel';
import type { ListSearch, TextField } from './listSearch';
import { quickPeriods } from './periods';
import classes from './Documents.module.css';

interface FieldProps<N extends keyof ListSearch> {
  name: N;
  search: ListSearch;
  onChange: Change;
}

interface TypedProps extends Omit<TextInputProps, 'value' | 'onChange' | 'error'> {
  given: string;
  wrong?: ((typed: string) => string | undefined) | undefined;
  onTake: (typed: string) => void;
}

function Typed({ given, wrong, onTake, ...props }: TypedProps) {
  const [typed, setTyped] = useState(given);
  const [shown, setShown] = useState(given);
  if (shown !== given) {
    setShown(given);
    setTyped(given);
  }
  const fault = typed.trim() ? wrong?.(typed.trim()) : undefined;
  const take = () => !fault && typed.trim() !== given && onTake(typed.trim());
  return (
    <TextInput
      size="sm"
      {...props}
      value={typed}
      error={fault}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && take()}
    />
  );
}

export function TextInputOf({ name, search, onChange }: FieldProps<TextField>) {
  const { t } = useWords();
  return <Typed label={t(`portal.find.field.${name}`)} given={search[name] ?? ''} maxLength={200} onTake={(typed) => onChange({ [name]: typed || undefined })} />;
}

export function AmountInput({ name, search, onChange }: FieldProps<'amountFrom' | 'amountTo'>) {
  const { t, language } = useWords();
  const given = search[name];
  return (
    <Typed
      label={t(`portal.find.field.${name}`)}
      inputMode="decimal"
      placeholder="1 234,50"
      given={given ? decimal(given, language) : ''}
      wrong={(typed) => (parseAmount(typed) === undefined ? t('portal.documents.amountWrong') : undefined)}
      onTake={(typed) => onChange({ [name]: parseAmount(typed) })}
    />
  );
}

export function DateInput({ name, search, onChange }: FieldProps<'from' | 'to' | 'dueFrom' | 'dueTo'>) {
  const { t } = useWords();
  return (
    <Typed
      label={t(`portal.find.field.${name}`)}
      placeholder={t('portal.documents.datePattern')}
      given={search[name] ?? ''}
      wrong={(typed) => (isDate(typed) ? undefined : t('portal.documents.dateWrong'))}
      onTake={(typed) => onChange({ [name]: typed || undefined })}
    />
  );
}

export function PeriodChoices({ search, onChange }: Omit<FieldProps<'from'>, 'name'>) {
  const { t } = useWords();
  return (
    <div className={classes.quick}>
      {quickPeriods(today()).map(([name, from, to]) => {
        const chosen = search.from === from && search.to === to;
        return (
          <Button
            key={name}
            size="compact-sm"
            variant={chosen ? 'filled' : 'default'}
            aria-pressed={chosen}
            onClick={() => onChange(chosen ? { from: undefined, to: undefined } : { from, to })}
          >
            {t(`portal.find.period.${name}`)}
          </Button>
        );
      })}
    </div>
  );
}
