import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { AppShell, useMantineColorScheme } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Outlet, useLocation } from '@tanstack/react-router';
import { useLive } from '@/api/live';
import { sessionQuery } from '@/api/queries';
import { tokens } from '@/theme/tokens';
import { withAllWords } from '@/texts/i18n';
import { useWords } from '@/texts/useWords';
import { AsidePlaceProvider, asideFrom } from './Aside';
import { Header } from './Header';
import { Navigation } from './Navigation';
import { startTypeAhead } from './typeAhead';
import { UploadProvider } from './uploads/UploadProvider';
import classes from './Frame.module.css';

const ActingBanner = lazy(() => withAllWords(import('@/pages/acting/ActingBanner')));
const SearchDialog = lazy(() => import('./SearchDialog'));
const KeyboardHelp = lazy(() => import('./KeyboardHelp'));
const SandboxFrame = lazy(() => import('./SandboxFrame'));

// What stands round every page: the way there on the left, company, search and person at the top.
export function Frame() {
  const { t } = useWords();
  const { data: session } = useSuspenseQuery(sessionQuery);
  const [menuOpenAt, setMenuOpenAt] = useState<string>(); // a menu belongs to the page it was opened on
  const [searching, setSearching] = useState(false);
  const [helping, setHelping] = useState(false);
  const { pathname } = useLocation();
  useLive(session.company.id);
  const menuOpen = menuOpenAt === pathname;
  const { setColorScheme } = useMantineColorScheme();
  const { theme } = session.user; // chosen on any device of the user's
  useEffect(() => setColorScheme(theme === 'system' ? 'auto' : theme), [theme, setColorScheme]);

  const search = useCallback(() => {
    if (document.querySelector('[role="dialog"]')) return;
    startTypeAhead();
    setSearching(true);
  }, []);
  useHotkeys([
    ['/', search],
    ['?', () => setHelping(true)],
    ['shift+?', () => setHelping(true)],
  ]);
  useHotkeys([['mod+K', search]], []); // also while typing

  return (
    <UploadProvider>
      <AsidePlaceProvider>
        {(aside) => (
          <AppShell
            layout="alt"
            header={{ height: tokens.size.header }}
            navbar={{ width: tokens.size.navbar, breakpoint: 'md', collapsed: { mobile: !menuOpen } }}
            aside={{ width: tokens.size.drawer, breakpoint: asideFrom, collapsed: { desktop: !aside.shown, mobile: true } }}
            transitionDuration={0}
          >
            <a href="#main" className={classes.skip}>
              {t('portal.frame.skip')}
            </a>
            <AppShell.Header className={classes.header}>
              <Header session={session} onSearch={search} onMenu={() => setMenuOpenAt(pathname)} menuOpen={menuOpen} />
            </AppShell.Header>
            <AppShell.Navbar className={classes.navbar} aria-label={t('portal.frame.navigation')}>
              <Navigation session={session} onClose={() => setMenuOpenAt(undefined)} />
            </AppShell.Navbar>
            <AppShell.Main id="main" tabIndex={-1} className={classes.main}>
              {session.reason !== null && (
                <Suspense>
                  <ActingBanner session={session} />
                </Suspense>
              )}
              <Suspense>{session.company.sandboxOf && <SandboxFrame />}</Suspense>
              <Outlet />
            </AppShell.Main>
            <AppShell.Aside className={classes.aside} ref={aside.setHost} />
          </AppShell>
        )}
      </AsidePlaceProvider>
      <Suspense>
        {searching && <SearchDialog onClose={() => setSearching(false)} />}
        {helping && <KeyboardHelp onClose={() => setHelping(false)} />}
      </Suspense>
    </UploadProvider>
  );
}
