import { useEffect, type ReactNode } from 'react';
import classes from './PageHead.module.css';

// The page's name with a quiet figure beside it, actions on the right. Also names the browser's tab.
export function PageHead({ title, quiet, actions }: { title: string; quiet?: ReactNode; actions?: ReactNode }) {
  useTitle(title);
  return (
    <div className={classes.head}>
      <h1 className={classes.title}>{title}</h1>
      {quiet !== undefined && <span className={classes.quiet}>{quiet}</span>}
      {actions && <div className={classes.actions}>{actions}</div>}
    </div>
  );
}

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Postgång`;
  }, [title]);
}
