// What stands where there is nothing to show: empty, filtered to nothing, or an error. Each says what to do.
import type { ReactNode } from 'react';
import { Button } from '@mantine/core';
import { IconAlertCircle, IconRefresh, type Icon } from '@tabler/icons-react';
import { asProblem, ApiProblem, problemWords } from '@/api/problem';
import { useWords } from '@/texts/useWords';
import classes from './Notice.module.css';

interface NoticeProps {
  icon: Icon;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  role?: 'status' | 'alert';
  page?: boolean; // it stands instead of the page: its title is the page's heading
}

export function Notice({ icon: Mark, title, children, action, role = 'status', page = false }: NoticeProps) {
  const Title = page ? 'h1' : 'p';
  return (
    <div className={classes.notice} role={role}>
      <Mark size={32} stroke={1.5} aria-hidden />
      <Title className={classes.title}>{title}</Title>
      {children && <p className={classes.text}>{children}</p>}
      {action}
    </div>
  );
}

export function ErrorNotice({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useWords();
  const words = problemWords(t, asProblem(error));
  const worthIt = !(error instanceof ApiProblem) || error.worthRetrying;
  return (
    <Notice
      icon={IconAlertCircle}
      role="alert"
      title={words.what}
      action={
        onRetry && worthIt ? (
          <Button leftSection={<IconRefresh size={16} stroke={1.75} />} onClick={onRetry}>
            {t('portal.tryAgain')}
          </Button>
        ) : undefined
      }
    >
      {words.advice || t(worthIt ? 'portal.errorRetryHelps' : 'portal.errorRetryDoesNotHelp')}
    </Notice>
  );
}
