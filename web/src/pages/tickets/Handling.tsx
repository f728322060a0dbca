// What is done with a ticket beside writing in it: by its desk who takes it, how pressing it is, where it stands; by who
// asked that it is solved, or not after all.
import { Button, Menu, NativeSelect } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { IconArrowUpRight, IconCheck, IconChevronDown, IconRotate2 } from '@tabler/icons-react';
import { api } from '@/api/client';
import { asProblem, problemWords } from '@/api/problem';
import { sessionQuery } from '@/api/queries';
import { ticketPriorities, useTicketChange, type TicketDetail, type TicketPriority } from '@/api/tickets';
import type { components } from '@/api/schema';
import { useWords } from '@/texts/useWords';
import { ticketStatusWords } from './TicketStatus';
import classes from './Tickets.module.css';

type Patch = components['schemas']['TicketPatch'];
const given = ['in-progress', 'waiting', 'solved', 'closed'] as const;

export function Handling({ ticket }: { ticket: TicketDetail }) {
  const { t } = useWords();
  const change = useTicketChange((patch: Patch) => api.patch('/api/v1/tickets/{ticketId}', { path: { ticketId: ticket.id }, body: patch }));
  const fault = change.error ? problemWords(t, asProblem(change.error)) : undefined;
  if (!ticket.may.write) return null;
  return (
    <div className={classes.handling}>
      {ticket.may.answer ? <ByDesk ticket={ticket} onChange={change.mutate} /> : <ByRequester ticket={ticket} busy={change.isPending} onChange={change.mutate} />}
      {fault && (
        <p role="alert" className={classes.fault}>
          {fault.what} {fault.advice}
        </p>
      )}
    </div>
  );
}

function ByDesk({ ticket, onChange }: { ticket: TicketDetail; onChange: (patch: Patch) => void }) {
  const { t } = useWords();
  const { data: session } = useSuspenseQuery(sessionQuery);
  const isMine = ticket.assignee?.id === session.user.id;
  const mayTake = !isMine && ticket.assignees.some(({ id }) => id === session.user.id) && ticket.status !== 'closed';
  const gone = ticket.assignee && !ticket.assignees.some(({ id }) => id === ticket.assignee?.id) ? [{ value: ticket.assignee.id, label: ticket.assignee.name }] : [];
  return (
    <>
      <NativeSelect
        size="xs"
        aria-label={t('portal.tickets.assign')}
        value={ticket.assignee?.id ?? ''}
        onChange={({ currentTarget: { value } }) => onChange({ assignee: value || null })}
        data={[{ value: '', label: t('portal.tickets.nobody') }, ...gone, ...ticket.assignees.map(({ id, name }) => ({ value: id, label: name }))]}
      />
      {mayTake && (
        <Button size="xs" onClick={() => onChange({ assignee: session.user.id })}>
          {t('portal.tickets.assignMe')}
        </Button>
      )}
      <NativeSelect
        size="xs"
        aria-label={t('portal.tickets.priorityLabel')}
        value={ticket.priority}
        onChange={({ currentTarget: { value } }) => onChange({ priority: value as TicketPriority })}
        data={ticketPriorities.map((value) => ({ value, label: t(`portal.tickets.priority.${value}`) }))}
      />
      <Menu position="bottom-start" width={260}>
        <Menu.Target>
          <Button size="xs" rightSection={<IconChevronDown size={14} stroke={1.75} aria-hidden />}>
            {t('portal.tickets.setStatus')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {given
            .filter((status) => status !== ticket.status)
            .map((status) => (
              <Menu.Item key={status} disabled={ticket.status === 'closed'} onClick={() => onChange({ status })}>
                {ticketStatusWords(t, status, false)}
              </Menu.Item>
            ))}
          {ticket.desk === 'own' && (
            <>
              <Menu.Divider />
              <Menu.Item leftSection={<IconArrowUpRight size={16} stroke={1.75} aria-hidden />} onClick={() => onChange({ desk: 'operator' })}>
                {t('portal.tickets.toOperator')}
                <span className={classes.menuWhy}>{t('portal.tickets.toOperatorWhy')}</span>
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

function ByRequester({ ticket, busy, onChange }: { ticket: TicketDetail; busy: boolean; onChange: (patch: Patch) => void }) {
  const { t } = useWords();
  return (
    <>
      {ticket.assignee && <span className={classes.quiet}>{t('portal.tickets.takenBy', { name: ticket.assignee.name })}</span>}
      {ticket.status !== 'solved' && ticket.status !== 'closed' && (
        <Button size="xs" loading={busy} leftSection={<IconCheck size={16} stroke={1.75} aria-hidden />} onClick={() => onChange({ status: 'solved' })}>
          {t('portal.tickets.solvedByMe')}
        </Button>
      )}
      {ticket.status === 'solved' && (
        <Button size="xs" loading={busy} leftSection={<IconRotate2 size={16} stroke={1.75} aria-hidden />} onClick={() => onChange({ status: 'in-progress' })}>
          {t('portal.tickets.reopen')}
        </Button>
      )}
    </>
  );
}
