// What stands round the pages that need no account, and how they say what went wrong.
import type { ReactNode } from 'react';
import { Alert } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { asProblem, problemWords } from '@/api/problem';
import { Brand } from '@/frame/Brand';
import { LanguageMenu } from '@/frame/LanguageMenu';
import classes from '@/pages/login/LoginPage.module.css';
import { useWords } from '@/texts/useWords';

export function Entrance({ children }: { children: ReactNode }) {
  return (
    <div className={classes.page}>
      <header className={classes.top}>
        <Brand />
        <LanguageMenu />
      </header>
      <main className={classes.main}>{children}</main>
    </div>
  );
}

export function Fault({ error }: { error: unknown }) {
  const { t } = useWords();
  if (!error) return null;
  const { what, advice } = problemWords(t, asProblem(error));
  return (
    <Alert role="alert" variant="default" className={classes.fault} icon={<IconAlertCircle size={18} stroke={1.75} />} title={what}>
      {advice}
    </Alert>
  );
}
