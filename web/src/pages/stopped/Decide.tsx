// The receiver's decision: let through or send back what is held, approve or reject what has arrived. A refusal takes a
// reason, which the sender reads.
import { useState } from 'react';
import { Button, Popover, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconArrowBackUp, IconCheck, IconThumbDown, IconThumbUp, type Icon } from '@tabler/icons-react';
import { api } from '@/api/client';
import { asProblem, problemWords } from '@/api/problem';
import { useWords } from '@/texts/useWords';
import classes from './Decide.module.css';

export type Decision = 'release' | 'return' | 'accept' | 'reject';

const icons: Record<Decision, Icon> = { release: IconCheck, return: IconArrowBackUp, accept: IconThumbUp, reject: IconThumbDown };
const refuses = (decision: Decision) => decision === 'return' || decision === 'reject';

// What can be decided about a received document as it stands.
export function decisionsOf(document: { direction: string; status: string }): Decision[] {
  if (document.direction !== 'received') return [];
  if (document.status === 'held') return ['release', 'return'];
  return ['delivered', 'opened'].includes(document.status) ? ['accept', 'reject'] : [];
}

interface DecideProps {
  id: string;
  number: string | null;
  decisions: readonly Decision[];
  size?: 'xs' | 'md';
}

export function Decide({ id, number, decisions, size = 'xs' }: DecideProps) {
  return (
    <div className={classes.decisions}>
      {decisions.map((decision) => (
        <DecisionButton key={decision} id={id} number={number} decision={decision} size={size} />
      ))}
    </div>
  );
}

function DecisionButton({ id, number, decision, size }: { id: string; number: string | null; decision: Decision; size: 'xs' | 'md' }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [opened, setOpened] = useState(false);
  const [reason, setReason] = useState('');
  const decide = useMutation({
    mutationFn: () =>
      api.post('/api/v1/documents/{id}/decision', { path: { id }, body: { decision, ...(reason.trim() ? { reason: reason.trim() } : {}) } }),
    onSettled: () => {
      for (const key of ['stopped', 'document', 'documents', 'facets', 'overview']) void client.invalidateQueries({ queryKey: [key] });
    },
    onSuccess: () => setOpened(false),
  });
  const Mark = icons[decision];
  const needsReason = refuses(decision);
  const fault = decide.error ? problemWords(t, asProblem(decide.error)) : undefined;
  return (
    <Popover opened={opened} onChange={setOpened} width={320} trapFocus position="bottom-end" withinPortal returnFocus>
      <Popover.Target>
        <Button
          size={size}
          leftSection={<Mark size={16} stroke={1.75} aria-hidden />}
          onClick={() => setOpened(!opened)}
          aria-label={number ? t(`portal.decide.of.${decision}`, { number }) : undefined}
        >
          {t(`portal.decide.${decision}`)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t(`portal.decide.${decision}`)}>
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (!needsReason || reason.trim()) decide.mutate();
          }}
        >
          <p>{t(`portal.decide.means.${decision}`)}</p>
          <Textarea
            label={t(needsReason ? 'portal.decide.reason' : 'portal.decide.reasonOptional')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            maxLength={500}
            autosize
            minRows={2}
            required={needsReason}
            withAsterisk={false}
            data-autofocus
          />
          {fault && (
            <p role="alert" className={classes.fault}>
              {fault.what} {fault.advice}
            </p>
          )}
          <div className={classes.buttons}>
            <Button variant="subtle" color="gray" onClick={() => setOpened(false)}>
              {t('portal.correction.cancel')}
            </Button>
            <Button type="submit" variant="filled" loading={decide.isPending} disabled={needsReason && !reason.trim()}>
              {t(`portal.decide.${decision}`)}
            </Button>
          </div>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
