// Stoppade: what others' demands have stopped of ours, what ours have stopped on its way to us, and what was put right.
import { Button, SegmentedControl, Skeleton, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { IconFilter, IconHandStop } from '@tabler/icons-react';
import { correctedQuery, stoppedQuery, type GroupBy, type Side, type Stopped, type StoppedItem } from '@/api/stops';
import { percentage } from '@/format/amounts';
import { reading } from '@/search';
import { useWords } from '@/texts/useWords';
import { ErrorNotice, Notice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import { Sparkline } from '@/ui/Sparkline';
import { useDelayed } from '@/ui/useDelayed';
import type { Other } from '../correction/AlsoOn';
import { CorrectionPanel } from '../correction/CorrectionPanel';
import { Corrected, JustCorrected } from './Corrected';
import { Export } from './Export';
import { Groups } from './Groups';
import { Held } from './Held';
import { Senders } from './Senders';
import { Unreachable } from './Unreachable';
import { readStoppedSearch, type StoppedSearch, type StoppedTab } from './stoppedSearch';
import classes from './Stopped.module.css';

const route = getRouteApi('/frame/stopped');
const correctedPage = 100;

export function StoppedPage() {
  const { t, number } = useWords();
  const search = route.useSearch(reading(readStoppedSearch));
  const navigate = useNavigate();
  const tab: StoppedTab = search.tab ?? 'sent';
  const by: GroupBy = search.by ?? 'cause';
  const go = (change: StoppedSearch) =>
    void navigate({ to: '/stopped', search: { ...search, ...change }, resetScroll: false });

  const sent = useQuery(stoppedQuery('sent', tab === 'sent' ? by : 'cause'));
  const received = useQuery(stoppedQuery('received', tab === 'received' ? by : 'cause'));
  const corrected = useQuery(correctedQuery('sent', tab === 'corrected' ? correctedPage : 3));
  const counts: Record<StoppedTab, number | undefined> = { sent: sent.data?.total, received: received.data?.total, corrected: corrected.data?.total };
  const items = sent.data?.groups.flatMap((group) => group.items) ?? [];
  const open = items.find((item) => item.id === search.correct);

  return (
    <div className={classes.page}>
      <PageHead
        title={t('portal.nav.stopped')}
        actions={
          <>
            <Button component={Link} to="/stopped/filters" leftSection={<IconFilter size={16} stroke={1.75} aria-hidden />}>
              {t('portal.stopped.filter')}
            </Button>
            <Export tab={tab} stopped={tab === 'received' ? received.data : sent.data} count={counts[tab] ?? 0} />
          </>
        }
      />
      <Tabs value={tab} onChange={(value) => go({ tab: value === 'sent' ? undefined : (value as StoppedTab), correct: undefined, with: undefined })} className={classes.tabs}>
        <Tabs.List>
          {(['sent', 'received', 'corrected'] as const).map((name) => (
            <Tabs.Tab key={name} value={name} rightSection={counts[name] ? <span className={classes.tabCount}>{number(counts[name])}</span> : null}>
              {t(`portal.stopped.tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="sent">
          <SideView
            side="sent"
            by={by}
            query={sent}
            open={search.correct}
            onBy={(next) => go({ by: next === 'cause' ? undefined : next })}
            onCorrect={(id, others) => go({ correct: id, with: others })}
          />
          {corrected.data && corrected.data.items.length > 0 && <JustCorrected list={corrected.data} />}
        </Tabs.Panel>
        <Tabs.Panel value="received">
          <SideView side="received" by={by} query={received} onBy={(next) => go({ by: next === 'cause' ? undefined : next })} />
        </Tabs.Panel>
        <Tabs.Panel value="corrected">
          <Corrected query={corrected} />
        </Tabs.Panel>
      </Tabs>
      {search.correct && (
        <CorrectionPanel
          id={search.correct}
          putRightBy={open?.putRightBy ?? null}
          group={(search.with ?? []).flatMap((id) => items.find((item) => item.id === id) ?? []).map(asOther)}
          onClose={() => go({ correct: undefined, with: undefined })}
          onMove={(id) => go({ correct: id, with: undefined })}
        />
      )}
    </div>
  );
}

const asOther = ({ id, number, receiver, amount }: StoppedItem): Other => ({ id, number, receiver, amount });

interface SideViewProps {
  side: Side;
  by: GroupBy;
  query: { data: Stopped | undefined; error: Error | null; isPending: boolean; refetch: () => unknown };
  open?: string | undefined;
  onBy: (by: GroupBy) => void;
  onCorrect?: (id: string, others: string[] | undefined) => void;
}

function SideView({ side, by, query, open, onBy, onCorrect }: SideViewProps) {
  const { t } = useWords();
  const { data, error, isPending, refetch } = query;
  const waiting = useDelayed(isPending);
  if (error && !data) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data)
    return waiting ? (
      <div role="status" aria-label={t('portal.loading')} className={classes.skeleton}>
        {Array.from({ length: 6 }, (_, index) => (
          <Skeleton key={index} height={index % 3 === 0 ? 40 : 32} />
        ))}
      </div>
    ) : null;
  const items = data.groups.flatMap((group) => group.items);
  const held = side === 'received' ? items.filter((item) => item.held) : [];
  const groups = data.groups
    .map((group) => {
      const rest = side === 'received' ? group.items.filter((item) => !item.held) : group.items;
      return { ...group, items: rest, documents: group.documents - (group.items.length - rest.length) };
    })
    .filter((group) => group.items.length > 0);
  return (
    <>
      <div className={classes.bar}>
        {data.total > 0 && (
          <SegmentedControl
            size="xs"
            aria-label={t('portal.stopped.groupBy')}
            value={by}
            onChange={(value) => onBy(value as GroupBy)}
            data={(['cause', 'counterpart', 'due'] as const).map((value) => ({ value, label: t(`portal.stopped.by.${value}`) }))}
          />
        )}
        <Share side={side} stopped={data} />
      </div>
      {side === 'received' && <Unreachable items={items} />}
      {data.total === 0 && (
        <Notice icon={IconHandStop} title={t('portal.stopped.none')} action={side === 'received' ? <Link to="/stopped/filters">{t('portal.stopped.toFilter')}</Link> : undefined}>
          {t(`portal.stopped.noneWhy.${side}`)}
        </Notice>
      )}
      {held.length > 0 && <Held items={held} />}
      {groups.length > 0 && <Groups side={side} by={by} groups={groups} open={open} onCorrect={onCorrect} />}
      {side === 'received' && <Senders />}
    </>
  );
}

// The share that is stopped, how fast it is put right, what money waits.
function Share({ side, stopped }: { side: Side; stopped: Stopped }) {
  const { t, language, amount, number } = useWords();
  const { stoppedShare, putRight, amount: waiting, total } = stopped;
  const facts = [
    stoppedShare.total > 0 && t(`portal.stopped.share.${side}`, { share: percentage(stoppedShare.stopped, stoppedShare.total, language) }),
    putRight.count > 0 && putRight.medianHours !== null && t('portal.stopped.putRight', { count: putRight.count, number: number(putRight.count), time: hours(putRight.medianHours, t, language) }),
    total > 0 && waiting.length > 0 && t('portal.stopped.waits', { amount: waiting.map(amount).join(', ') }),
  ].filter(Boolean);
  if (facts.length === 0) return null;
  return (
    <p className={classes.share}>
      <span>{facts.join(' · ')}</span>
      <Sparkline width={72} days={stoppedShare.weeks} colour="var(--pg-text-2)" label={t('portal.stopped.trend')} />
    </p>
  );
}

function hours(value: number, t: ReturnType<typeof useWords>['t'], language: 'sv' | 'en'): string {
  if (value < 1) return t('portal.duration.minutes', { value: Math.max(1, Math.round(value * 60)) });
  if (value < 48) {
    const tenths = String(Math.round(value * 10) / 10);
    return t('portal.duration.hours', { value: language === 'sv' ? tenths.replace('.', ',') : tenths });
  }
  const days = Math.round(value / 24);
  return t('portal.duration.days', { count: days, value: days });
}
