// What was put right lately, and how it went.
import { Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { IconChecks } from '@tabler/icons-react';
import type { components } from '@/api/schema';
import type { CorrectedItem } from '@/api/stops';
import { dateTimeOf, freshOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { DateText } from '@/ui/DateText';
import { ErrorNotice, Notice } from '@/ui/Notice';
import { DocumentStatusBadge } from '@/ui/Status';
import tables from '@/ui/Table.module.css';
import { AmountCell } from '../documents/columns';
import classes from './Stopped.module.css';

type CorrectedList = components['schemas']['CorrectedList'];

export function JustCorrected({ list }: { list: CorrectedList }) {
  const { t, number } = useWords();
  return (
    <section className={classes.section} aria-labelledby="just-corrected">
      <div className={classes.sectionHead}>
        <h2 id="just-corrected">{t('portal.stopped.justCorrected')}</h2>
        <Link to="/stopped" search={{ tab: 'corrected' }} className={classes.sectionLink}>
          {t('portal.stopped.allCorrected', { count: list.total, number: number(list.total) })}
        </Link>
      </div>
      <CorrectedTable items={list.items} />
    </section>
  );
}

interface CorrectedProps {
  query: { data: CorrectedList | undefined; error: Error | null; isPending: boolean; refetch: () => unknown };
}

export function Corrected({ query: { data, error, isPending, refetch } }: CorrectedProps) {
  const { t } = useWords();
  if (error && !data) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (isPending || !data) return <Skeleton height={200} mt="md" />;
  if (data.items.length === 0)
    return (
      <Notice icon={IconChecks} title={t('portal.stopped.noneCorrected')}>
        {t('portal.stopped.noneCorrectedWhy')}
      </Notice>
    );
  return (
    <>
      <CorrectedTable items={data.items} />
      {data.total > data.items.length && <p className={classes.quiet}>{t('portal.stopped.firstOf', { shown: data.items.length, count: data.total })}</p>}
    </>
  );
}

function CorrectedTable({ items }: { items: readonly CorrectedItem[] }) {
  const { t } = useWords();
  return (
    <table className={`${tables.table} ${classes.table}`} aria-label={t('portal.stopped.tab.corrected')}>
      <thead>
        <tr>
          <th scope="col" className={classes.numberColumn}>
            {t('portal.column.number')}
          </th>
          <th scope="col">{t('portal.stopped.column.receiver')}</th>
          <th scope="col" className={classes.changeColumn}>
            {t('portal.stopped.column.change')}
          </th>
          <th scope="col" className={classes.statusColumn}>
            {t('portal.column.partnerStatus')}
          </th>
          <th scope="col" className={classes.amountColumn}>
            {t('portal.column.amount')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.id}>
            <th scope="row" className={`${classes.number} ${classes.numberColumn}`} title={item.number ?? undefined}>
              <Link to="/documents/$id" params={{ id: item.id }}>
                {item.number ?? t('portal.documents.noNumber')}
              </Link>
            </th>
            <td className={classes.name}>{(item.direction === 'sent' ? item.receiver : item.sender).name ?? t('portal.documents.noCounterpart')}</td>
            <td className={`${classes.notice} ${classes.changeColumn}`} title={dateTimeOf(item.correctedAt)}>
              <span className={classes.quiet}>
                <Changed item={item} /> <DateText date={freshOf(item.correctedAt)} />
              </span>
            </td>
            <td className={`${classes.due} ${classes.statusColumn}`}>
              <DocumentStatusBadge status={item.status} />
            </td>
            <td className={`${classes.amount} ${classes.amountColumn}`}>
              <AmountCell row={item} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

// "Er referens tillagd", "Bankgiro ändrat", "3 uppgifter ändrade"
function Changed({ item }: { item: CorrectedItem }) {
  const { t, language } = useWords();
  const [first, ...others] = item.difference;
  if (!first) return t('portal.stopped.change.none');
  if (others.length > 0) return t('portal.stopped.change.many', { count: item.difference.length });
  const kind = first.before === null ? 'added' : first.after === null ? 'removed' : 'changed';
  return t(`portal.stopped.change.${kind}`, { term: first.title[language] });
}
