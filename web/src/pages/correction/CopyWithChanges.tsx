// The whole invoice as its receiver would see it with what is typed; what it would still be stopped for is marked.
import { Skeleton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useWords } from '@/texts/useWords';
import { ErrorNotice } from '@/ui/Notice';
import { CopyFrame } from '../document/CopyFrame';
import type { CorrectionSource } from './source';
import type { CorrectionState } from './useCorrection';
import classes from './Correction.module.css';

export function CopyWithChanges({ source, state: { change, settled, judged } }: { source: CorrectionSource; state: CorrectionState }) {
  const { t, language } = useWords();
  const { data, error, refetch } = useQuery({
    queryKey: [...source.key, 'copy', language, settled],
    queryFn: ({ signal }) => source.copyWith({ changes: [], ...change, send: false }, language, signal),
    enabled: judged,
    placeholderData: keepPreviousData,
    gcTime: 30_000,
    staleTime: 30_000,
    retry: false,
  });
  return (
    <div className={classes.copyNow}>
      <p className={classes.help}>{t('portal.correction.copyWithWhy')}</p>
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton height={400} />}
      {data && <CopyFrame page={data} title={t('portal.correction.copyNow')} onShown={() => undefined} />}
    </div>
  );
}
