// Inställningar themselves: every page with a line on what it is for, also those that somebody else looks after.
import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconLock } from '@tabler/icons-react';
import { sessionQuery } from '@/api/queries';
import { useWords } from '@/texts/useWords';
import { PageHead } from '@/ui/PageHead';
import frame from '@/ui/SettingsPage.module.css';
import { lockedFor, settingsGroups, type Entry, type Locked } from './settingsPages';
import classes from './SettingsOverview.module.css';

export function SettingsOverview() {
  const { t } = useWords();
  const { data: session } = useSuspenseQuery(sessionQuery);
  return (
    <div className={frame.page}>
      <PageHead title={t('portal.nav.settings')} />
      {settingsGroups.map(({ name, pages }) => (
        <section key={name} aria-labelledby={`overview-${name}`} className={classes.group}>
          <h2 id={`overview-${name}`}>{t(`portal.settings.groups.${name}`)}</h2>
          <ul className={classes.entries}>
            {pages.map((page) => (
              <li key={page.name}>
                <PageEntry page={page} locked={lockedFor(session, page)} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function PageEntry({ page, locked }: { page: Entry; locked: Locked | undefined }) {
  const { t } = useWords();
  const name = t(`portal.settings.${page.name}`);
  if (!locked)
    return (
      <>
        <Link to={page.to}>{name}</Link>
        <p>{t(`portal.settings.about.${page.name}`)}</p>
      </>
    );
  return (
    <>
      <span className={classes.locked}>
        <IconLock size={14} stroke={1.75} aria-hidden />
        {name}
      </span>
      <p>
        {t(`portal.settings.about.${page.name}`)} {t(`portal.settings.locked.${locked}`)}
      </p>
    </>
  );
}
