// Everything that narrows a list and has no place beside it: amounts and due dates, on small screens the facets too.
import { useState } from 'react';
import { Button, Drawer, TextInput } from '@mantine/core';
import type { Facets } from '@/api/queries';
import { decimal, parseAmount } from '@/format/amounts';
import { isDate } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { tokens } from '@/theme/tokens';
import { FacetPanel, type Change } from './FacetPanel';
import type { ListSearch } from './listSearch';
import classes from './Documents.module.css';

interface FilterDrawerProps {
  opened: boolean;
  onClose: () => void;
  facets: Facets | undefined;
  withFacets: boolean;
  search: ListSearch;
  direction: 'sent' | 'received' | undefined;
  onChange: Change;
}

export function FilterDrawer({ opened, onClose, facets, withFacets, search, direction, onChange }: FilterDrawerProps) {
  const { t } = useWords();
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size={Math.min(tokens.size.drawer, 400)}
      title={t('portal.documents.filter')}
      closeButtonProps={{ 'aria-label': t('portal.close') }}
      classNames={{ title: classes.drawerTitle }}
      transitionProps={{ duration: 180 }}
    >
      <fieldset className={classes.range}>
        <legend>{t('portal.column.amount')}</legend>
        <AmountInput name="amountFrom" label={t('portal.documents.fromAmount')} search={search} onChange={onChange} />
        <AmountInput name="amountTo" label={t('portal.documents.toAmount')} search={search} onChange={onChange} />
      </fieldset>
      <fieldset className={classes.range}>
        <legend>{t('portal.column.dueDate')}</legend>
        <DateInput name="dueFrom" label={t('portal.documents.fromDate')} search={search} onChange={onChange} />
        <DateInput name="dueTo" label={t('portal.documents.toDate')} search={search} onChange={onChange} />
      </fieldset>
      {withFacets && <FacetPanel facets={facets} search={search} direction={direction} onChange={onChange} />}
      <div className={classes.drawerFoot}>
        <Button
          variant="subtle"
          size="sm"
          onClick={() => onChange(Object.fromEntries(Object.keys(search).map((key) => [key, key === 'sort' ? search.sort : undefined])))}
        >
          {t('portal.documents.clearFilter')}
        </Button>
        <Button size="sm" onClick={onClose}>
          {t('portal.documents.showHits')}
        </Button>
      </div>
    </Drawer>
  );
}

interface FieldProps<N extends keyof ListSearch> {
  name: N;
  label: string;
  search: ListSearch;
  onChange: Change;
}

function AmountInput({ name, label, search, onChange }: FieldProps<'amountFrom' | 'amountTo'>) {
  const { t, language } = useWords();
  const given = search[name];
  const [typed, setTyped] = useState(given ? decimal(given, language) : '');
  const wrong = typed.trim() !== '' && parseAmount(typed) === undefined;
  return (
    <TextInput
      size="sm"
      label={label}
      inputMode="decimal"
      placeholder="1 234,50"
      value={typed}
      error={wrong && t('portal.documents.amountWrong')}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={() => !wrong && onChange({ [name]: parseAmount(typed) })}
      onKeyDown={(event) => event.key === 'Enter' && !wrong && onChange({ [name]: parseAmount(typed) })}
    />
  );
}

export function DateInput({ name, label, search, onChange }: FieldProps<'from' | 'to' | 'dueFrom' | 'dueTo'>) {
  const { t } = useWords();
  const [typed, setTyped] = useState(search[name] ?? '');
  const wrong = typed.trim() !== '' && !isDate(typed.trim());
  const take = () => !wrong && onChange({ [name]: typed.trim() || undefined });
  return (
    <TextInput
      size="sm"
      label={label}
      placeholder={t('portal.documents.datePattern')}
      value={typed}
      error={wrong && t('portal.documents.dateWrong')}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && take()}
    />
  );
}
