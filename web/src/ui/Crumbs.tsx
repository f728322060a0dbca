// The way back from a page beneath another.
import type { ReactNode } from 'react';
import { IconChevronLeft } from '@tabler/icons-react';
import { useWords } from '@/texts/useWords';
import classes from './Crumbs.module.css';

export function Crumbs({ children }: { children: ReactNode }) {
  const { t } = useWords();
  return (
    <nav className={classes.crumbs} aria-label={t('portal.document.crumbs')}>
      <IconChevronLeft size={14} stroke={1.75} aria-hidden />
      {children}
    </nav>
  );
}
