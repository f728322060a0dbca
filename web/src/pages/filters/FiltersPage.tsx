// The filters: what we demand of documents on their way to us, in sentences.
import { Badge, Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { IconAddressBook, IconFilter, IconPlus } from '@tabler/icons-react';
import { filtersQuery, type Filter } from '@/api/filters';
import { dateOf } from '@/format/dates';
import { plainWords } from '@/format/plain';
import { useWords } from '@/texts/useWords';
import { Crumbs } from '@/ui/Crumbs';
import { DateText } from '@/ui/DateText';
import { ErrorNotice, Notice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import { useDelayed } from '@/ui/useDelayed';
import classes from './Filters.module.css';

const sentencesShown = 4;

export function FiltersPage() {
  const { t } = useWords();
  const { data, error, isPending, refetch } = useQuery(filtersQuery);
  const waiting = useDelayed(isPending);
  const navigate = useNavigate();
  const make = (
    <Button variant="filled" leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />} onClick={() => void navigate({ to: '/stopped/filters/$filterId', params: { filterId: 'new' } })}>
      {t('portal.filters.new')}
    </Button>
  );
  return (
    <div className={classes.page}>
      <Crumbs>
        <Link to="/stopped" search={{ tab: 'received' }}>{t('portal.nav.stopped')}</Link>
      </Crumbs>
      <PageHead
        title={t('portal.filters.title')}
        actions={
          <>
            <Button component={Link} to="/stopped/registers" leftSection={<IconAddressBook size={16} stroke={1.75} aria-hidden />}>
              {t('portal.registers.title')}
            </Button>
            {data && data.items.length > 0 && make}
          </>
        }
      />
      <p className={classes.lead}>{t('portal.filters.lead')}</p>
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {waiting && <Skeleton height={180} mt="md" />}
      {data?.items.length === 0 && (
        <Notice icon={IconFilter} title={t('portal.filters.none')} action={make}>
          {t('portal.filters.noneWhy')}
        </Notice>
      )}
      <ul className={classes.list}>{data?.items.map((filter) => <FilterRow key={filter.id} filter={filter} />)}</ul>
    </div>
  );
}

function FilterRow({ filter }: { filter: Filter }) {
  const { t, language, number } = useWords();
  const sentences = filter.sentences[language];
  return (
    <li>
      <div className={classes.listHead}>
        <h2>
          <Link to="/stopped/filters/$filterId" params={{ filterId: filter.id }}>
            {filter.name}
          </Link>
        </h2>
        <FilterState filter={filter} />
        {filter.stoppedCount30d > 0 && (
          <span className={classes.quiet}>{t('portal.filters.stopped30', { count: filter.stoppedCount30d, number: number(filter.stoppedCount30d) })}</span>
        )}
        <span className={classes.changed}>
          {filter.changedBy ?? ''} <DateText date={dateOf(filter.changedAt)} />
        </span>
      </div>
      <ul className={`${classes.sentences} prose`}>
        {sentences.slice(0, sentencesShown).map((sentence, index) => (
          <li key={index}>{plainWords(sentence)}</li>
        ))}
        {sentences.length > sentencesShown && <li className={classes.quiet}>{t('portal.filters.moreDemands', { count: sentences.length - sentencesShown })}</li>}
      </ul>
    </li>
  );
}

export function FilterState({ filter }: { filter: Pick<Filter, 'state' | 'activeFrom'> }) {
  const { t } = useWords();
  const colour = filter.state === 'on' ? 'green' : filter.state === 'planned' ? 'blue' : 'gray';
  return (
    <Badge variant="transparent" className={classes.state} style={{ '--status': `var(--st-${colour})` }} leftSection={<i aria-hidden />}>
      {filter.state === 'planned' && filter.activeFrom
        ? t('portal.filters.state.plannedFrom', { date: dateOf(filter.activeFrom) })
        : t(`portal.filters.state.${filter.state}`)}
    </Badge>
  );
}
