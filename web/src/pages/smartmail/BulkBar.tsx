// What can be done with the marked rows. A button that none of them allows says why; of those that some allow, the number
// says how many.
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { SmartmailItem } from '@/api/smartmail';
import { sums } from '@/format/amounts';
import { useWords } from '@/texts/useWords';
import { actionWord, doable, offered } from './actions';
import { targetOf, type Acting } from './useActing';
import listClasses from '../documents/Documents.module.css';

interface BulkBarProps {
  items: readonly SmartmailItem[];
  acting: Acting;
  onClear: () => void;
}

export function BulkBar({ items, acting, onClear }: BulkBarProps) {
  const { t, amount, number } = useWords();
  const letters = sums(items.flatMap((item) => (item.letterPrice ? [item.letterPrice] : [])));
  const words = t('portal.documents.marked', { count: items.length, number: number(items.length) });
  return (
    <div className={listClasses.bulk} role="region" aria-label={words}>
      <span>
        <strong>{words}</strong>
        {letters.length > 0 && <span className={listClasses.bulkSum}>{t('portal.smartmail.asLetters', { cost: letters.map(amount).join(' + ') })}</span>}
      </span>
      {offered.map(({ action, field, Icon: Mark }) => {
        const { items: can, why } = doable(t, items, field);
        const word = actionWord(t, action);
        return (
          <Tooltip key={action} label={why} disabled={!why} multiline maw={280}>
            <Button
              leftSection={<Mark size={16} stroke={1.75} aria-hidden />}
              {...(why ? { 'data-disabled': true, 'aria-disabled': true } : {})}
              onClick={() => !why && acting.start(action, can.map(targetOf))}
            >
              {can.length > 0 && can.length < items.length ? `${word} ${number(can.length)}` : word}
            </Button>
          </Tooltip>
        );
      })}
      <ActionIcon onClick={onClear} aria-label={t('portal.documents.unmark')}>
        <IconX size={18} stroke={1.75} />
      </ActionIcon>
    </div>
  );
}
