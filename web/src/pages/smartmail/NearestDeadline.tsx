// The band about what goes to paper next, while it still is within a day: how many, when, what it costs, and what can be
// done about all of them.
import { useState } from 'react';
import { Button } from '@mantine/core';
import { IconAlarm, IconBellRinging, IconClockPlus, IconMailbox } from '@tabler/icons-react';
import { asProblem, problemWords } from '@/api/problem';
import { dueAt, type ActionName, type SmartmailQuery, type SmartmailSummary } from '@/api/smartmail';
import { useWords } from '@/texts/useWords';
import { useNow } from '@/ui/useNow';
import { whenWords } from './timeLeft';
import { targetOf, type Acting } from './useActing';
import classes from './Smartmail.module.css';

const day = 86_400_000; // milliseconds

interface NearestDeadlineProps {
  next: NonNullable<SmartmailSummary['next']>;
  query: SmartmailQuery; // whose
  acting: Acting;
}

export function NearestDeadline({ next, query, acting }: NearestDeadlineProps) {
  const { t, amount, number } = useWords();
  const now = useNow();
  const [asking, setAsking] = useState<ActionName>();
  const [fault, setFault] = useState<unknown>();
  if (Date.parse(next.at) - now > day) return null;

  const act = async (action: ActionName) => {
    setAsking(action);
    setFault(undefined);
    try {
      acting.start(action, (await dueAt(next.at, query)).map(targetOf));
    } catch (error) {
      setFault(error);
    }
    setAsking(undefined);
  };
  const many = { count: next.documents, number: number(next.documents) };
  const buttons = [
    { action: 'remind', icon: IconBellRinging, word: t('portal.smartmail.remindAll', many) },
    { action: 'extend', icon: IconClockPlus, word: t('portal.smartmail.do.extend') },
    { action: 'post-now', icon: IconMailbox, word: t('portal.smartmail.postNow') },
  ] as const;
  return (
    <section className={classes.band} aria-label={t('portal.smartmail.nearest')}>
      <IconAlarm size={18} stroke={1.75} aria-hidden className={classes.bandMark} />
      <p>
        <strong>{t('portal.smartmail.goesToPrint', { ...many, when: whenWords(t, next.at, now) })}</strong>{' '}
        {next.price ? t('portal.smartmail.unlessOpenedFor', { count: next.documents, price: amount(next.price) }) : t('portal.smartmail.unlessOpened', { count: next.documents })}
        {fault !== undefined && <span role="alert"> {problemWords(t, asProblem(fault)).what}</span>}
      </p>
      <div className={classes.bandActions}>
        {buttons.map(({ action, icon: Mark, word }) => (
          <Button key={action} leftSection={<Mark size={16} stroke={1.75} aria-hidden />} loading={asking === action} disabled={acting.busy} onClick={() => void act(action)}>
            {word}
          </Button>
        ))}
      </div>
    </section>
  );
}
