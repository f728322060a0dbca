// Over every page while operator staff act for a customer: for whom, why, and the way to stop.
import { Button } from '@mantine/core';
import type { Session } from '@/api/queries';
import { useWords } from '@/texts/useWords';
import classes from './Acting.module.css';
import { useSwitch } from '@/frame/useSwitch';

export default function ActingBanner({ session }: { session: Session }) {
  const { t } = useWords();
  const change = useSwitch();
  const home = session.companies.find((company) => company.isOperator);
  return (
    <div className={classes.banner} role="region" aria-label={t('portal.acting.title')}>
      <span>{t('portal.acting.banner', { company: session.company.name, reason: session.reason ?? '' })}</span>
      {home && (
        <Button size="xs" loading={change.isPending} onClick={() => change.mutate({ companyId: home.id })}>
          {t('portal.acting.stop')}
        </Button>
      )}
    </div>
  );
}
