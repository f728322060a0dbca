// Possible doubles among the partners, and those that are none.
import { useState } from 'react';
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconUsers } from '@tabler/icons-react';
import { partnerDoublesQuery } from '@/api/queries';
import { useWords } from '@/texts/useWords';
import { Crumbs } from '@/ui/Crumbs';
import { ErrorNotice, Notice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import { Distinctions } from './Distinctions';
import { DoubleCard } from './Doubles';
import classes from './Partners.module.css';

export function DoublesPage() {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(partnerDoublesQuery());
  // What was merged, or said to be two, stays to be undone until the page is left.
  const [shown, setShown] = useState(data?.items);
  if (!shown && data) setShown(data.items);
  return (
    <div className={classes.page}>
      <Crumbs>
        <Link to="/partners">{t('portal.nav.partners')}</Link>
      </Crumbs>
      <PageHead title={t('portal.partners.doubles')} />
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!error && !shown && <Skeleton height={240} mt="md" />}
      {shown?.length === 0 && (
        <Notice icon={IconUsers} title={t('portal.partners.doublesCount', { count: 0, number: '0' })}>
          {t('portal.partners.doublesWhy')}
        </Notice>
      )}
      {shown && shown.length > 0 && (
        <>
          <p className={classes.intro}>{t('portal.partners.doublesWhy')}</p>
          <ul className={classes.doubles}>
            {shown.map((found) => (
              <DoubleCard key={`${found.keep.identifier} ${found.other.identifier}`} found={found} />
            ))}
          </ul>
        </>
      )}
      <section className={classes.section}>
        <Distinctions />
      </section>
    </div>
  );
}
