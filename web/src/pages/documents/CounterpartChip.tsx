import { ActionIcon } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconX } from '@tabler/icons-react';
import { partnerQuery } from '@/api/queries';
import { identifierText } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import classes from './Documents.module.css';

// With whom the list is, and the way to all again.
export function CounterpartChip({ identifier, onRemove }: { identifier: string; onRemove: () => void }) {
  const { t } = useWords();
  const { data } = useQuery({ ...partnerQuery(identifier), staleTime: 300_000, retry: false });
  const name = data?.name ?? identifierText(identifier);
  return (
    <div className={classes.chips}>
      <span className={classes.chip}>
        {t('portal.documents.with', { name })}
        <ActionIcon size={24} onClick={onRemove} aria-label={t('portal.documents.withoutCounterpart', { name })}>
          <IconX size={14} stroke={1.75} />
        </ActionIcon>
      </span>
    </div>
  );
}
