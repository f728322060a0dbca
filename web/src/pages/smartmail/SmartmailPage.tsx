// Smartmail: what was sent by e-mail and who has opened it, how long the others have before a letter goes, and what is done
// about it meanwhile. What it shows stands in the address.
import { lazy, Suspense, useCallback, useEffect, useRef } from 'react';
import { Button, Tabs, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { IconClock, IconFlask2, IconTableExport } from '@tabler/icons-react';
import { smartmailExportHref, smartmailSummaryQuery, type SmartmailSummary } from '@/api/smartmail';
import { today } from '@/format/dates';
import { reading } from '@/search';
import { useWords } from '@/texts/useWords';
import { DateText } from '@/ui/DateText';
import { ErrorNotice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import { CounterpartChip } from '../documents/CounterpartChip';
import { DateRange } from '../documents/DateRange';
import { SearchField } from '../documents/SearchField';
import { ActionDialog } from './ActionDialog';
import { NearestDeadline } from './NearestDeadline';
import { Outcome } from './Outcome';
import { SmartmailList } from './SmartmailList';
import { listOf, nowOf, periodDays, periodOf, readSmartmailSearch, tabs, type SmartmailSearch, type Tab } from './smartmailSearch';
import { Strip } from './Strip';
import { useActing } from './useActing';
import classes from './Smartmail.module.css';

const TrialPanel = lazy(() => import('./TrialPanel').then((page) => ({ default: page.TrialPanel })));
const route = getRouteApi('/frame/smartmail');

function countsOf(period: SmartmailSummary, current: SmartmailSummary): Record<Tab, number> {
  const of = (summary: SmartmailSummary, state: Tab) => summary.states.find((known) => known.state === state)?.documents ?? 0;
  return { waiting: of(current, 'waiting'), opened: of(period, 'opened'), posted: of(period, 'posted'), bounced: of(period, 'bounced'), failed: of(period, 'failed') };
}

export function SmartmailPage() {
  const { t, number } = useWords();
  const search = route.useSearch(reading(readSmartmailSearch));
  const navigate = useNavigate();
  const acting = useActing();
  const tab = search.tab ?? 'waiting';
  const period = useQuery(smartmailSummaryQuery(periodOf(search, today())));
  const current = useQuery(smartmailSummaryQuery(nowOf(search)));
  const change = useCallback(
    (to: Partial<SmartmailSearch>, replace = false) =>
      void navigate({ to: '/smartmail', search: readSmartmailSearch({ ...search, ...to }), replace, resetScroll: false }),
    [navigate, search],
  );

  // On a phone the tabs are wider than the screen: the one that is shown is in sight.
  const tabList = useRef<HTMLDivElement>(null);
  const told = period.data !== undefined;
  useEffect(() => {
    tabList.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [tab, told]);

  const counts = period.data && current.data && countsOf(period.data, current.data);
  const fault = period.error ?? current.error;
  const nearest = current.data?.next;
  return (
    <div className={classes.page}>
      <PageHead title={t('portal.nav.smartmail')} quiet={<Period search={search} />} actions={<HeadActions search={search} summary={current.data} rows={counts?.[tab]} onTrial={() => change({ panel: 'trial' })} />} />
      {counts && period.data && <Strip counts={counts} saved={period.data.saved} />}
      {nearest && (
        <NearestDeadline
          key={nearest.at}
          next={nearest}
          query={nowOf(search)}
          acting={acting}
        />
      )}
      {acting.done && <Outcome done={acting.done} onForget={acting.forget} />}
      {fault && !counts && <ErrorNotice error={fault} onRetry={() => void Promise.all([period.refetch(), current.refetch()])} />}
      <Tabs value={tab} onChange={(value) => change({ tab: value as Tab, sort: undefined })} className={classes.tabs}>
        <div className={classes.tabBar}>
          <Tabs.List aria-label={t('portal.smartmail.standing')} ref={tabList}>
            {tabs
              .filter((name) => name !== 'failed' || tab === 'failed' || (counts?.failed ?? 0) > 0)
              .map((name) => (
                <Tabs.Tab key={name} value={name} rightSection={counts ? <span className={classes.tabCount}>{number(counts[name])}</span> : null}>
                  {t(`portal.smartmail.state.${name}`)}
                </Tabs.Tab>
              ))}
          </Tabs.List>
          <div className={classes.tools}>
            <DateRange search={search} none={t('portal.smartmail.lastDays', { count: periodDays })} onChange={change} />
            <SearchField query={search.query} hint={t('portal.smartmail.search')} onChange={(query) => change({ query }, true)} />
          </div>
        </div>
        {search.counterpart && <CounterpartChip identifier={search.counterpart} onRemove={() => change({ counterpart: undefined })} />}
        <Tabs.Panel value={tab}>
          <SmartmailList key={tab} search={search} acting={acting} total={counts?.[tab]} onChange={change} />
        </Tabs.Panel>
      </Tabs>
      <ActionDialog acting={acting} />
      {search.panel === 'trial' && (
        <Suspense>
          <TrialPanel onClose={() => change({ panel: undefined })} />
        </Suspense>
      )}
    </div>
  );
}

function Period({ search: { from, to } }: { search: SmartmailSearch }) {
  const { t } = useWords();
  if (!from && !to) return t('portal.smartmail.lastDays', { count: periodDays });
  return (
    <>
      {from && <DateText date={from} />} – {to && <DateText date={to} />}
    </>
  );
}

interface HeadActionsProps {
  search: SmartmailSearch;
  summary: SmartmailSummary | undefined;
  rows: number | undefined;
  onTrial: () => void;
}

function HeadActions({ search, summary, rows, onTrial }: HeadActionsProps) {
  const { t, language } = useWords();
  const settings = summary?.settings;
  const own = summary?.ownSettings ?? 0;
  const nothing = rows === 0 ? t('portal.smartmail.exportNothing') : '';
  return (
    <div className={classes.headActions}>
      {settings && (
        <Link to="/settings/smartmail" className={classes.term}>
          <IconClock size={16} stroke={1.75} aria-hidden />
          {[termWords(t, settings), own > 0 && t('portal.smartmail.own', { count: own })].filter(Boolean).join(', ')}
        </Link>
      )}
      <Button leftSection={<IconFlask2 size={16} stroke={1.75} aria-hidden />} onClick={onTrial}>
        {t('portal.smartmail.trial.title')}
      </Button>
      <Tooltip label={nothing} disabled={!nothing}>
        {nothing ? (
          <Button leftSection={<IconTableExport size={16} stroke={1.75} aria-hidden />} data-disabled aria-disabled>
            {t('portal.smartmail.export')}
          </Button>
        ) : (
          <Button component="a" href={smartmailExportHref(listOf(search, today()), language)} download leftSection={<IconTableExport size={16} stroke={1.75} aria-hidden />}>
            {t('portal.smartmail.export')}
          </Button>
        )}
      </Tooltip>
    </div>
  );
}

export function termWords(t: ReturnType<typeof useWords>['t'], { days, bankDays, toPaper }: SmartmailSummary['settings']): string {
  if (!toPaper) return t('portal.smartmail.neverPaper');
  return t(bankDays ? 'portal.smartmail.termBank' : 'portal.smartmail.term', { count: days });
}
