// Exportera: what the chosen tab is made of, as a file. Long lists are fetched first; a fault is told where it happened.
import { Button, Tooltip } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconTableExport } from '@tabler/icons-react';
import { asProblem, problemWords } from '@/api/problem';
import type { Stopped } from '@/api/stops';
import { useWords } from '@/texts/useWords';
import { exportCorrected, exportStopped } from './exportStops';
import type { StoppedTab } from './stoppedSearch';
import classes from './Stopped.module.css';

interface ExportProps {
  tab: StoppedTab;
  stopped: Stopped | undefined; // of the tab
  count: number;
}

export function Export({ tab, stopped, count }: ExportProps) {
  const { t, language } = useWords();
  const run = useMutation({
    mutationFn: () => (tab === 'corrected' ? exportCorrected({ t, language }) : exportStopped({ t, language }, tab, stopped?.groups ?? [])),
  });
  const why = count === 0 ? t('portal.stopped.nothingToExport') : '';
  return (
    <>
      {run.error && (
        <span className={classes.fault} role="alert">
          {problemWords(t, asProblem(run.error)).what}
        </span>
      )}
      <Tooltip label={why} disabled={!why}>
        <Button
          leftSection={<IconTableExport size={16} stroke={1.75} aria-hidden />}
          loading={run.isPending}
          {...(why ? { 'data-disabled': true, 'aria-disabled': true } : {})}
          onClick={() => !why && run.mutate()}
        >
          {t('portal.stopped.export')}
        </Button>
      </Tooltip>
    </>
  );
}
