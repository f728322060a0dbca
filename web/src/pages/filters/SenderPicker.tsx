// Suppliers by name or organisation number: those that we know are found as one types, any other by its number.
import { useState } from 'react';
import { Pill, TagsInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { partnerQuery, partnersQuery, type Partner } from '@/api/queries';
import { identifierText } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import { asIdentifier } from './senders';
import classes from './Filters.module.css';

interface SenderPickerProps {
  label?: string;
  value: string[];
  onChange: (identifiers: string[]) => void;
}

const none: Partner[] = [];

export function SenderPicker({ label, value, onChange }: SenderPickerProps) {
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  const [settled] = useDebouncedValue(typed.trim(), 160);
  const { data } = useQuery({ ...partnersQuery(settled, ''), enabled: settled !== '' });
  const found = settled === '' ? none : (data?.items ?? none);
  return (
    <TagsInput
      label={label ?? t('portal.filters.senderNumbers')}
      placeholder={t('portal.filters.senderHint')}
      classNames={{ inputField: classes.bare ?? '' }}
      size="sm"
      value={value}
      searchValue={typed}
      onSearchChange={setTyped}
      data={found.map((one) => ({ value: one.identifier, label: one.name }))}
      filter={({ options }) => options}
      renderOption={({ option }) => (
        <span className={classes.option}>
          <span>{found.find((one) => one.identifier === option.value)?.name}</span>
          <span className={classes.quiet}>{identifierText(option.value)}</span>
        </span>
      )}
      renderPill={({ option, onRemove }) => <SenderPill identifier={String(option.value)} onRemove={onRemove} />}
      onChange={(list) => onChange([...new Set(list.flatMap((one) => asIdentifier(one, found) ?? []))])}
    />
  );
}

function SenderPill({ identifier, onRemove }: { identifier: string; onRemove?: (() => void) | undefined }) {
  const { t } = useWords();
  const { data } = useQuery({ ...partnerQuery(identifier), retry: false, staleTime: Infinity });
  const name = data?.name ?? identifierText(identifier);
  return (
    <Pill withRemoveButton {...(onRemove ? { onRemove } : {})} title={identifierText(identifier)} removeButtonProps={{ 'aria-label': t('portal.filters.removeSender', { name }) }}>
      {name}
    </Pill>
  );
}
