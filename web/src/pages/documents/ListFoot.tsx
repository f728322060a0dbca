import { Button, Kbd } from '@mantine/core';
import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react';
import type { Facets } from '@/api/queries';
import { useWords } from '@/texts/useWords';
import classes from './Documents.module.css';

interface ListFootProps {
  first: number;
  last: number;
  facets: Facets | undefined;
  onOlder?: () => void;
  onNewer?: () => void;
}

// Where in the list one is, the sum of all that the filter lets through, the keys, and the way on.
export function ListFoot({ first, last, facets, onOlder, onNewer }: ListFootProps) {
  const { t, number, amount } = useWords();
  const total = facets?.total;
  return (
    <footer className={classes.foot}>
      <span>
        {total
          ? t(facets.partial ? 'portal.documents.positionAtLeast' : 'portal.documents.position', {
              first: number(first),
              last: number(last),
              total: number(total.count),
            })
          : `${number(first)}–${number(last)}`}
      </span>
      {total && total.amounts.length > 0 && (
        <span className={classes.footSum}>{t('portal.documents.sum', { sum: total.amounts.map(amount).join(' · ') })}</span>
      )}
      <span className={classes.footKeys} aria-hidden>
        <Kbd>j</Kbd>
        <Kbd>k</Kbd> {t('portal.keys.footBrowse')}
        <Kbd>x</Kbd> {t('portal.keys.footMark')}
        <Kbd>Enter</Kbd> {t('portal.keys.footOpen')}
        <Kbd>?</Kbd> {t('portal.keys.footAll')}
      </span>
      {onNewer && (
        <Button variant="subtle" color="gray" leftSection={<IconArrowLeft size={16} stroke={1.75} />} onClick={onNewer}>
          {t('portal.documents.newer')}
        </Button>
      )}
      {onOlder && (
        <Button variant="subtle" color="gray" rightSection={<IconArrowRight size={16} stroke={1.75} />} onClick={onOlder}>
          {t('portal.documents.older')}
        </Button>
      )}
    </footer>
  );
}
