// Statistics: one measure by one group over some days, as a chart and a table, with the documents behind each bar.
import { Button, Menu, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { IconChartBar, IconDownload } from '@tabler/icons-react';
import { exportHref, statisticsQuery, type Group, type StatisticsList } from '@/api/statistics';
import { countryName } from '@/format/countries';
import { reading } from '@/search';
import { useWords } from '@/texts/useWords';
import { download } from '@/ui/downloads';
import { ErrorNotice, Notice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import { useDelayed } from '@/ui/useDelayed';
import { GroupChart, TimeChart, type Bar } from './Chart';
import { Controls } from './Controls';
import { FigureTable, type Line } from './FigureTable';
import { changeText, hasShare, mainCurrency, shownOf } from './figures';
import { Moves } from './Moves';
import { Reports } from './Reports';
import { documentsOf, labelOf, withGaps } from './rows';
import { isOfTimes, isTime, questionOf, readStatisticsSearch, totalOf, type StatisticsSearch } from './statisticsSearch';
import classes from './Statistics.module.css';

const route = getRouteApi('/frame/statistics');
const restKey = 'rest';

export function StatisticsPage() {
  const { t } = useWords();
  const search = route.useSearch(reading(readStatisticsSearch));
  const navigate = useNavigate();
  const change = (next: StatisticsSearch) => void navigate({ to: '/statistics', search: next, replace: true, resetScroll: false });
  const question = questionOf(search);
  const answer = useQuery(statisticsQuery(question));
  // Rows of counterparts are of whole months, and so is their total: it comes with them.
  const whole = useQuery({ ...statisticsQuery(totalOf(search)), enabled: search.by !== 'counterpart' });
  const waiting = useDelayed(answer.isPending);
  const { measure = 'documents' } = search;
  const isEmpty = answer.data?.items.length === 0;
  return (
    <div className={classes.page}>
      <PageHead title={t('portal.statistics.title')} actions={<Exports search={search} />} />
      <p className={classes.quiet}>{t('portal.statistics.lead')}</p>
      <Controls search={search} onChange={change} />
      <p className={classes.about}>{t(`portal.statistics.about.${measure}`)}</p>
      {answer.error && !answer.data && <ErrorNotice error={answer.error} onRetry={() => void answer.refetch()} />}
      {waiting && <Skeleton height={320} mt="md" />}
      {isEmpty && (
        <Notice icon={IconChartBar} title={t('portal.statistics.empty')}>
          {t('portal.statistics.emptyWhy')}
        </Notice>
      )}
      {answer.data && !isEmpty && <Answer search={search} answer={answer.data} whole={search.by === 'counterpart' ? answer.data : whole.data} />}
      <Moves />
      <Reports question={question} />
    </div>
  );
}

function Answer({ search, answer, whole }: { search: StatisticsSearch; answer: StatisticsList; whole: StatisticsList | undefined }) {
  const { t, language, number } = useWords();
  const navigate = useNavigate();
  const { measure = 'documents', by = 'month' } = search;
  const currency = mainCurrency(answer.total?.figures, measure);
  const overTime = isTime(by);
  const rows = overTime ? withGaps(by, answer.items) : answer.items;
  const lines: Line[] = rows.map((row) => ({
    key: JSON.stringify((row as Record<string, unknown>)[by] ?? null),
    label: labelOf(t, by, row, (code) => countryName(language, code) ?? code),
    now: row.figures,
    before: row.before,
    comparedWith: row.comparedWith ?? undefined,
    documents: documentsOf(search, by, row, answer.period),
  }));
  if (answer.rest) lines.push({ key: restKey, label: t('portal.statistics.rest', { count: answer.rest.groups }), now: answer.rest.figures, before: answer.rest.before });
  const bars: Bar[] = lines.map((line) => {
    const shown = shownOf(t, language, measure, line.now, currency);
    const documents = line.documents;
    return {
      key: line.key,
      label: line.label,
      length: shown.length,
      text: hasShare(measure) && shown.more ? shown.more : shown.text,
      before: line.before ? shownOf(t, language, measure, line.before, currency).length : undefined,
      isGap: shown.isGap,
      isRest: line.key === restKey,
      onOpen: documents && line.now ? () => void navigate({ to: '/documents', search: documents }) : undefined,
    };
  });
  const total = whole?.total ?? answer.total;
  const change = changeText(language, measure, total?.figures, total?.before);
  const caption = t('portal.statistics.titleBy', { measures: t(`portal.statistics.measure.${measure}`), groups: t(`portal.statistics.titleOf.${by}`, { defaultValue: t(`portal.statistics.by.${by}`).toLowerCase() }) });
  return (
    <section aria-label={caption}>
      <Notes answer={whole ?? answer} by={by} />
      {total && (
        <p className={classes.headline}>
          <strong>{shownOf(t, language, measure, total.figures, currency).text}</strong>{' '}
          {hasShare(measure) && `/ ${number(total.figures.documents)} ${t('portal.statistics.measure.documents').toLowerCase()}. `}
          {total.before && `${t('portal.statistics.before')}: ${shownOf(t, language, measure, total.before, currency).text}. `}
          {change && `${t('portal.statistics.change')}: ${change}.`}
        </p>
      )}
      {overTime ? <TimeChart bars={bars} line={hasShare(measure) || isOfTimes(measure)} /> : <GroupChart bars={bars} legend={{ now: t('portal.statistics.now'), before: t('portal.statistics.before') }} />}
      <FigureTable
        caption={caption}
        heading={t(`portal.statistics.by.${by}`)}
        measure={measure}
        currency={currency}
        lines={lines}
        total={total}
        totalDocuments={documentsOf(search, by, undefined, answer.period)}
      />
    </section>
  );
}

// Which days it is of, and what it is compared with: as much of the period before, or all of it, and then it says so.
function Notes({ answer, by }: { answer: StatisticsList; by: Group }) {
  const { t } = useWords();
  const byMonths = by === 'counterpart';
  const underWay = answer.isOver === false && answer.periodBefore;
  const notes = [
    answer.period && t('portal.statistics.note.period', answer.period),
    answer.periodBefore && t('portal.statistics.note.before', answer.periodBefore),
    isTime(by) && answer.periodBefore && t('portal.statistics.note.places'),
    underWay && t(byMonths ? 'portal.statistics.note.underWayWhole' : 'portal.statistics.note.underWay'),
    byMonths && !underWay && t('portal.statistics.wholeMonths'),
    by === 'company' && t('portal.statistics.totalOnce'),
    by === 'direction' && t('portal.statistics.totalOnceDirection'),
  ].filter(Boolean);
  // A date stays on its line.
  const parts = notes.join(' ').split(/(\d{4}-\d{2}-\d{2})/);
  return (
    <p className={classes.quiet}>
      {parts.map((part, place) =>
        place % 2 === 0 ? (
          part
        ) : (
          <span key={place} className={classes.date}>
            {part}
          </span>
        ),
      )}
    </p>
  );
}

function Exports({ search }: { search: StatisticsSearch }) {
  const { t, language } = useWords();
  const fetch = (format: 'xlsx' | 'csv' | 'pdf') => download(exportHref(questionOf(search), format, language));
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="sm" leftSection={<IconDownload size={16} stroke={1.75} aria-hidden />}>
          {t('portal.statistics.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => fetch('xlsx')}>{t('portal.statistics.excel')}</Menu.Item>
        <Menu.Item onClick={() => fetch('csv')}>{t('portal.statistics.csv')}</Menu.Item>
        <Menu.Item onClick={() => fetch('pdf')}>{t('portal.statistics.pdf')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
