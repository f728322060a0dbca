// What stands in a cell; the words are said by whoever shows it.
import { IconCircleDashed, IconCircleFilled, IconCircleHalf2, IconHierarchy, IconPencil } from '@tabler/icons-react';
import type { CellState } from './cells';
import classes from './Insight.module.css';

export function Mark({ state, acts = false }: { state: CellState; acts?: boolean }) {
  const icon = { size: 16, stroke: 1.75, 'aria-hidden': true } as const;
  return (
    <span className={classes.mark} data-state={state}>
      {state === 'self' && <span className={classes.self} />}
      {state === 'tree' && <IconHierarchy {...icon} />}
      {state === 'none' && <IconCircleDashed {...icon} />}
      {state === 'part' && <IconCircleHalf2 {...icon} />}
      {state === 'all' && <IconCircleFilled {...icon} />}
      {acts && <IconPencil {...icon} />}
    </span>
  );
}
