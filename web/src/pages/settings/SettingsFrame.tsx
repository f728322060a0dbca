// What stands round every page of Inställningar: the others, in groups; a column, or folded away on a phone.
import { useRef, useState } from 'react';
import { UnstyledButton } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { IconChevronDown, IconFlask } from '@tabler/icons-react';
import { sessionQuery, type Session } from '@/api/queries';
import { useWords } from '@/texts/useWords';
import { Notice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import { lockedFor, settingsGroups, type Entry } from './settingsPages';
import classes from './SettingsFrame.module.css';

export function SettingsFrame() {
  const { t } = useWords();
  const { pathname } = useLocation();
  const { data: session } = useSuspenseQuery(sessionQuery);
  const here = settingsGroups.flatMap((group): Entry[] => [...group.pages]).find(({ to }) => to === pathname);
  const isOverview = /^\/settings\/?$/.test(pathname);
  const [openAt, setOpenAt] = useState<string>(); // unfolded belongs to the page it was unfolded on
  const toggle = useRef<HTMLButtonElement>(null);
  const open = openAt === pathname;
  const fold = () => {
    if (open) toggle.current?.focus();
    setOpenAt(undefined);
  };
  return (
    <div className={classes.area} data-overview={isOverview || undefined}>
      <nav className={classes.nav} aria-label={t('portal.nav.settings')} onKeyDown={(event) => event.key === 'Escape' && fold()}>
        <UnstyledButton
          ref={toggle}
          className={classes.toggle}
          aria-expanded={open}
          aria-controls="settings-pages"
          onClick={() => setOpenAt(open ? undefined : pathname)}
        >
          {t('portal.settings.all')}
          <IconChevronDown size={16} stroke={1.75} aria-hidden />
        </UnstyledButton>
        <div id="settings-pages" className={classes.groups} data-open={open || undefined}>
          <Groups session={session} onChosen={fold} />
        </div>
      </nav>
      <div className={classes.page}>
        {here && lockedFor(session, here) === 'sandbox' ? <NotInSandbox page={here} /> : <Outlet />}
      </div>
    </div>
  );
}

function Groups({ session, onChosen }: { session: Session; onChosen: () => void }) {
  const { t } = useWords();
  return (
    <>
      <Link to="/settings" className={classes.link} activeOptions={{ exact: true }} onClick={onChosen}>
        {t('portal.settings.overview')}
      </Link>
      {settingsGroups.map(({ name, pages }) => {
        const open = pages.filter((page) => !lockedFor(session, page));
        return (
          open.length > 0 && (
            <div key={name}>
              <p id={`settings-${name}`} className={classes.name}>
                {t(`portal.settings.groups.${name}`)}
              </p>
              <ul aria-labelledby={`settings-${name}`} className={classes.links}>
                {open.map((page) => (
                  <li key={page.name}>
                    <Link to={page.to} className={classes.link} onClick={onChosen}>
                      {t(`portal.settings.${page.name}`)}
                    </Link>
                  </li>
                ))}
              </ul>
            </div>
          )
        );
      })}
    </>
  );
}

function NotInSandbox({ page }: { page: Entry }) {
  const { t } = useWords();
  return (
    <div className={classes.closed}>
      <PageHead title={t(`portal.settings.${page.name}`)} />
      <Notice icon={IconFlask} title={t('portal.settings.locked.sandbox')} />
    </div>
  );
}
