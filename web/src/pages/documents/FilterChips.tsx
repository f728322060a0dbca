// What narrows the list, each as a chip that can be taken away.
import { ActionIcon } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconX } from '@tabler/icons-react';
import { partnerQuery, sessionQuery } from '@/api/queries';
import { decimal } from '@/format/amounts';
import { identifierText } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import type { Change } from './FacetPanel';
import { textFields, type ListSearch } from './listSearch';
import classes from './Documents.module.css';

interface FilterChipsProps {
  search: ListSearch;
  onChange: Change;
}

const plain = ['from', 'to', 'dueFrom', 'dueTo', ...textFields] as const;

export function FilterChips({ search, onChange }: FilterChipsProps) {
  const { t, language, number } = useWords();
  const { data: session } = useQuery(sessionQuery);
  const counterpart = useQuery({ ...partnerQuery(search.counterpart ?? ''), enabled: search.counterpart !== undefined, staleTime: 300_000, retry: false });
  const several = (values: string[] | undefined, say: (value: string) => string) =>
    values && (values.length > 1 ? t('portal.find.several', { first: say(values[0] ?? ''), count: number(values.length - 1) }) : say(values[0] ?? ''));
  const said: [keyof ListSearch, string | undefined][] = [
    ['direction', search.direction && t(`portal.nav.${search.direction}`)],
    ['status', several(search.status, (value) => t(`status.document.${value}`, { defaultValue: value }))],
    ['channel', several(search.channel, (value) => t(`channel.${value}`, { defaultValue: value }))],
    ['type', several(search.type, (value) => t(`portal.type.${value}`, { defaultValue: value }))],
    ['counterpart', search.counterpart && (counterpart.data?.name ?? identifierText(search.counterpart))],
    ['company', search.company && (session?.companies.find(({ identifier }) => identifier === search.company)?.name ?? identifierText(search.company))],
    ['internal', search.internal === undefined ? undefined : t(search.internal ? 'portal.documents.withinGroup' : 'portal.documents.outsideGroup')],
    ['amountFrom', search.amountFrom && decimal(search.amountFrom, language)],
    ['amountTo', search.amountTo && decimal(search.amountTo, language)],
    ...plain.map((name): [keyof ListSearch, string | undefined] => [name, search[name]]),
  ];
  const chips = said.flatMap(([name, value]) => (value ? [{ name, field: t(`portal.find.field.${name}`), value }] : []));
  if (chips.length === 0) return null;
  return (
    <ul className={classes.chips} aria-label={t('portal.find.chosen')}>
      {chips.map(({ name, field, value }) => (
        <li key={name} className={classes.chip}>
          <span>{t('portal.find.chip', { field, value })}</span>
          <ActionIcon size={24} onClick={() => onChange({ [name]: undefined })} aria-label={t('portal.find.removeChip', { field, value })}>
            <IconX size={14} stroke={1.75} />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}
