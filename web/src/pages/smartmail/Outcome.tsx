// What became of an action, for each document that it was about.
import { ActionIcon } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { IconAlertCircle, IconCircleCheck, IconX } from '@tabler/icons-react';
import { problemWords } from '@/api/problem';
import { useWords } from '@/texts/useWords';
import type { Done } from './useActing';
import classes from './Smartmail.module.css';

const shownMost = 20;

export function Outcome({ done, onForget }: { done: Done; onForget: () => void }) {
  const { t, number } = useWords();
  const refused = done.outcomes.filter((outcome) => outcome.problem !== null);
  const count = done.outcomes.length - refused.length;
  const names = new Map(done.targets.map((target) => [target.id, target.number]));
  const [only] = done.targets;
  const words =
    refused.length > 0
      ? t(`portal.smartmail.outcome.${done.action}.some`, { done: number(count), all: number(done.outcomes.length) })
      : done.targets.length === 1 && only?.number
        ? t(`portal.smartmail.outcome.${done.action}.one`, { number: only.number })
        : t(`portal.smartmail.outcome.${done.action}.all`, { count, number: number(count) });
  const Mark = refused.length > 0 ? IconAlertCircle : IconCircleCheck;
  return (
    <div className={classes.outcome} role="status" data-refused={refused.length > 0 || undefined}>
      <Mark size={18} stroke={1.75} aria-hidden />
      <div>
        <p>{words}</p>
        {refused.length > 0 && (
          <ul>
            {refused.slice(0, shownMost).map(({ id, problem }) => {
              const why = problem && problemWords(t, problem);
              return (
                <li key={id}>
                  <Link to="/documents/$id" params={{ id }}>
                    {names.get(id) ?? t('portal.documents.noNumber')}
                  </Link>{' '}
                  {why?.what} {why?.advice}
                </li>
              );
            })}
            {refused.length > shownMost && <li>{t('portal.smartmail.outcomeMore', { count: refused.length - shownMost })}</li>}
          </ul>
        )}
      </div>
      <ActionIcon size={24} onClick={onForget} aria-label={t('portal.close')}>
        <IconX size={16} stroke={1.75} />
      </ActionIcon>
    </div>
  );
}
