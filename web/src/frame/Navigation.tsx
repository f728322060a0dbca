import { ActionIcon, Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation, useMatch } from '@tanstack/react-router';
import {
  IconActivityHeartbeat,
  IconBuildingCommunity,
  IconBuildings,
  IconChartBar,
  IconCircleCheck,
  IconClockPlay,
  IconFiles,
  IconHandStop,
  IconLayoutDashboard,
  IconLifebuoy,
  IconLogout,
  IconMailFast,
  IconPlugConnectedX,
  IconSettings,
  IconUserQuestion,
  IconX,
  type Icon,
} from '@tabler/icons-react';
import { useConnection } from '@/api/live';
import { documentQuery, overviewQuery, type Session } from '@/api/queries';
import { smartmailSummaryQuery } from '@/api/smartmail';
import { useWords } from '@/texts/useWords';
import { Brand } from './Brand';
import { LanguageMenu } from './LanguageMenu';
import { OwnPages, ThemeChoice, useSignOut } from './UserMenu';
import classes from './Navigation.module.css';

type Target = '/' | '/documents' | '/documents/sent' | '/documents/received' | '/stopped' | '/smartmail' | '/partners' | '/settings' | '/customers' | '/leads' | '/operations' | '/statistics' | '/tickets';

interface Entry {
  to: Target;
  word: string;
  icon?: Icon;
  count?: number;
  acts?: boolean;
}

export function Navigation({ session, onClose }: { session: Session; onClose: () => void }) {
  const { t } = useWords();
  const narrow = useMediaQuery('(max-width: 61.99em)', undefined, { getInitialValueInEffect: false });
  const overview = useQuery(overviewQuery('today')).data;
  const current = useCurrent();
  const waiting = useQuery(smartmailSummaryQuery({})).data?.states.find(({ state }) => state === 'waiting')?.documents ?? 0;
  const toAct = overview?.needsYou.filter((need) => need.kind === 'stopped' || need.kind === 'returned');
  const entries: Entry[] = [
    { to: '/', word: 'overview', icon: IconLayoutDashboard },
    { to: '/documents', word: 'documents', icon: IconFiles },
    { to: '/documents/sent', word: 'sent' },
    { to: '/documents/received', word: 'received', count: overview?.unopenedReceived ?? 0 },
    { to: '/stopped', word: 'stopped', icon: IconHandStop, count: toAct?.reduce((sum, need) => sum + need.count, 0) ?? 0, acts: true },
    { to: '/smartmail', word: 'smartmail', icon: IconMailFast, count: waiting },
    { to: '/partners', word: 'partners', icon: IconBuildingCommunity },
    { to: '/statistics', word: 'statistics', icon: IconChartBar },
    { to: '/tickets', word: 'tickets', icon: IconLifebuoy, count: overview?.tickets?.needsMe ?? 0, acts: true },
    ...(session.user.staff ? [{ to: '/operations', word: 'operations', icon: IconActivityHeartbeat } as const, { to: '/customers', word: 'customers', icon: IconBuildings } as const, { to: '/leads', word: 'leads', icon: IconUserQuestion } as const] : []),
  ];

  return (
    <>
      <div className={classes.brand}>
        <Link to="/" aria-label={t('portal.frame.home')}>
          <Brand />
        </Link>
        {narrow && (
          <ActionIcon size={44} onClick={onClose} aria-label={t('portal.frame.closeMenu')}>
            <IconX size={20} stroke={1.75} />
          </ActionIcon>
        )}
      </div>
      <Links entries={entries} current={current} />
      <div className={classes.foot}>
        <Links entries={[{ to: '/settings', word: 'settings', icon: IconSettings }]} current={current} />
        {narrow && <Personal session={session} />}
        <LiveState simulated={session.simulatedClock} />
      </div>
    </>
  );
}

function Links({ entries, current }: { entries: readonly Entry[]; current: string }) {
  const { t, number } = useWords();
  return (
    <ul className={classes.links}>
      {entries.map(({ to, word, icon: Mark, count, acts }) => (
        <li key={to}>
          <Link
            to={to}
            className={classes.link}
            data-sub={!Mark || undefined}
            data-current={current === to || undefined}
            aria-current={current === to ? 'page' : undefined}
          >
            {Mark && <Mark size={16} stroke={1.75} aria-hidden />}
            <span>{t(`portal.nav.${word}`)}</span>
            {count ? (
              <span className={classes.count} data-acts={acts || undefined} title={t(`portal.nav.${word}Count`, { count })}>
                {number(count)}
              </span>
            ) : null}
          </Link>
        </li>
      ))}
    </ul>
  );
}

// A document page stands under the list that it belongs to.
function useCurrent(): string {
  const { pathname } = useLocation();
  const open = useMatch({ from: '/frame/documents/$id', shouldThrow: false });
  const { data } = useQuery({ ...documentQuery(open?.params.id ?? ''), enabled: open !== undefined });
  if (pathname.startsWith('/stopped/')) return '/stopped';
  if (pathname.startsWith('/partners/')) return '/partners';
  if (pathname.startsWith('/leads/')) return '/leads';
  if (pathname.startsWith('/tickets/')) return '/tickets';
  if (pathname.startsWith('/settings/')) return '/settings';
  if (!open) return pathname.replace(/(.)\/$/, '$1');
  return data ? `/documents/${data.direction}` : '/documents';
}

function LiveState({ simulated }: { simulated: boolean }) {
  const { t } = useWords();
  const connection = useConnection();
  const lost = connection === 'lost';
  return (
    <>
      {simulated && (
        <p className={classes.state}>
          <IconClockPlay size={16} stroke={1.75} aria-hidden />
          {t('portal.frame.simulated')}
        </p>
      )}
      <p className={classes.state} role="status" data-lost={lost || undefined}>
        {lost ? <IconPlugConnectedX size={16} stroke={1.75} aria-hidden /> : <IconCircleCheck size={16} stroke={1.75} aria-hidden />}
        {t(lost ? 'portal.frame.lost' : 'portal.frame.live')}
      </p>
    </>
  );
}

function Personal({ session }: { session: Session }) {
  const { t } = useWords();
  const signOut = useSignOut();
  return (
    <div className={classes.personal}>
      <p className={classes.person}>
        {session.user.name}
        <span>{session.user.email}</span>
      </p>
      <ThemeChoice />
      <OwnPages />
      <div className={classes.row}>
        <LanguageMenu />
        <Button variant="subtle" color="gray" leftSection={<IconLogout size={16} stroke={1.75} />} onClick={() => signOut.mutate()}>
          {t('portal.frame.signOut')}
        </Button>
      </div>
    </div>
  );
}
