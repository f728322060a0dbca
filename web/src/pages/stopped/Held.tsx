// What waits for our decision: the fault in words, and the two ways.
import { Link } from '@tanstack/react-router';
import { IconPlayerPause } from '@tabler/icons-react';
import type { StoppedItem } from '@/api/stops';
import { useWords } from '@/texts/useWords';
import { AmountCell } from '../documents/columns';
import { findingWords } from '../correction/findingWords';
import { Decide } from './Decide';
import classes from './Stopped.module.css';

export function Held({ items }: { items: readonly StoppedItem[] }) {
  const { t, language, number } = useWords();
  return (
    <section className={classes.section} aria-labelledby="held">
      <div className={classes.sectionHead}>
        <h2 id="held">{t('portal.stopped.held')}</h2>
        <span className={classes.quiet}>{number(items.length)}</span>
      </div>
      <ul className={classes.held}>
        {items.map((item) => (
          <li key={item.id}>
            <IconPlayerPause size={18} stroke={1.75} color="var(--st-amber)" aria-hidden />
            <div className={classes.heldWhat}>
              <p>
                <Link to="/documents/$id" params={{ id: item.id }} className={classes.heldNumber}>
                  {item.number ?? t('portal.documents.noNumber')}
                </Link>{' '}
                {item.sender.name} <span className={classes.heldAmount}><AmountCell row={item} /></span>
              </p>
              <p className={classes.quiet}>{findingWords(t, item.finding, language).what}</p>
            </div>
            <Decide id={item.id} number={item.number} decisions={['release', 'return']} />
          </li>
        ))}
      </ul>
    </section>
  );
}
