// «Delad insyn»: who sees whom within the group in one look, and what one company lets another see.
import { useState } from 'react';
import { Skeleton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconEyeShare } from '@tabler/icons-react';
import { insightQuery, type Insight } from '@/api/companies';
import { useWords } from '@/texts/useWords';
import { ErrorNotice, Notice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import frame from '@/ui/SettingsPage.module.css';
import { cellsOf, type Cell } from './cells';
import { GrantForm } from './GrantForm';
import { Matrix } from './Matrix';
import { OwnerList } from './OwnerList';
import classes from './Insight.module.css';

export function InsightPage() {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(insightQuery);
  return (
    <div className={`${frame.page} ${classes.page}`}>
      <PageHead title={t('portal.settings.insight')} />
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton height={320} mt="md" />}
      {data && data.companies.length < 2 && (
        <Notice icon={IconEyeShare} title={t('portal.insight.alone')}>
          {t('portal.insight.aloneWhy')}
        </Notice>
      )}
      {data && data.companies.length > 1 && <Body insight={data} />}
    </div>
  );
}

const cellId = ({ owner, viewer }: Cell) => `insight-${owner.id}-${viewer.id}`;

function Body({ insight }: { insight: Insight }) {
  const { t } = useWords();
  const phone = useMediaQuery('(max-width: 47.99em)', undefined, { getInitialValueInEffect: false });
  const [chosen, setChosen] = useState<{ owner: string; viewer: string }>();
  const rows = cellsOf(insight);
  const open = chosen && rows.flat().find(({ owner, viewer }) => owner.id === chosen.owner && viewer.id === chosen.viewer);
  const choose = ({ owner, viewer }: Cell) => setChosen({ owner: owner.id, viewer: viewer.id });
  const form = open && (
    <GrantForm
      key={cellId(open)}
      cell={open}
      onClose={() => {
        setChosen(undefined);
        document.getElementById(cellId(open))?.focus();
      }}
    />
  );
  if (phone)
    return (
      <div className={frame.body}>
        <p className={frame.lead}>{t('portal.insight.leadList')}</p>
        <OwnerList rows={rows} open={open} form={form} idOf={cellId} onChoose={choose} />
      </div>
    );
  return (
    <div className={frame.body}>
      <p className={frame.lead}>{t('portal.insight.lead')}</p>
      <div className={classes.columns}>
        <Matrix rows={rows} open={open} idOf={cellId} onChoose={choose} />
        {form}
      </div>
    </div>
  );
}
