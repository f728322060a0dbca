// «Så tar vi emot dokument»: by kind of document the way into the company's own system, tried with a test invoice, with
// what waits; and the folder that is watched for files to be sent.
import { useState } from 'react';
import { SegmentedControl, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { handoverSettingsQuery } from '@/api/handover';
import { useWords } from '@/texts/useWords';
import { ErrorNotice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import frame from '@/ui/SettingsPage.module.css';
import { Kinds } from './Kinds';
import { Tests } from './Tests';
import { Waiting } from './Waiting';
import { Watched } from './Watched';
import classes from './Handover.module.css';

const sides = ['receive', 'send'] as const;

export function HandoverPage() {
  const { t } = useWords();
  const [side, setSide] = useState<(typeof sides)[number]>('receive');
  return (
    <div className={`${frame.page} ${classes.page}`}>
      <PageHead title={t('portal.settings.handover')} />
      <SegmentedControl
        size="sm"
        mt="md"
        aria-label={t('portal.settings.handover')}
        value={side}
        onChange={(value) => setSide(value as typeof side)}
        data={sides.map((value) => ({ value, label: t(`portal.handover.tab.${value}`) }))}
      />
      {side === 'receive' ? <Receiving /> : <Watched />}
    </div>
  );
}

function Receiving() {
  const { data, error, refetch } = useQuery(handoverSettingsQuery);
  if (error && !data) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={420} mt="md" />;
  return (
    <div className={classes.columns}>
      <Kinds saved={data} />
      <div className={classes.side}>
        <Tests saved={data} />
        <Waiting />
      </div>
    </div>
  );
}
