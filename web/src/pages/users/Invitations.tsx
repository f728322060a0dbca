// Invitations that nobody has accepted yet.
import { useState } from 'react';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { invitationsQuery, type Invitation } from '@/api/people';
import { dateOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { FaultLine } from './FaultLine';
import { HandOver } from './HandOver';
import classes from './Users.module.css';

export function Invitations({ items }: { items: Invitation[] }) {
  const { t } = useWords();
  const [made, setMade] = useState<Invitation>();
  return (
    <section>
      <h2 className={classes.heading}>{t('portal.users.invitations')}</h2>
      {made && <HandOver invitation={made} onClose={() => setMade(undefined)} />}
      <ul className={classes.list}>
        {items.map((invitation) => (
          <Row key={invitation.id} invitation={invitation} onMade={setMade} />
        ))}
      </ul>
    </section>
  );
}

function Row({ invitation, onMade }: { invitation: Invitation; onMade: (made: Invitation) => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const path = { invitationId: invitation.id };
  const onSettled = () => client.invalidateQueries({ queryKey: invitationsQuery.queryKey });
  const again = useMutation({ mutationFn: () => api.post('/api/v1/invitations/{invitationId}/resend', { path }), onSuccess: onMade, onSettled });
  const withdraw = useMutation({ mutationFn: () => api.delete('/api/v1/invitations/{invitationId}', { path }), onSettled });
  return (
    <li className={classes.row}>
      <div className={classes.who}>
        <p>
          <b>{invitation.name}</b> <span className={classes.quiet}>{invitation.email}</span>
        </p>
        <p className={classes.quiet}>{invitation.expired ? t('portal.users.expired') : t('portal.users.invitedBy', { name: invitation.invitedBy, date: dateOf(invitation.expiresAt) })}</p>
        <FaultLine error={again.error ?? withdraw.error} />
      </div>
      <div className={classes.buttons}>
        <Button loading={again.isPending} onClick={() => again.mutate()} aria-label={t('portal.users.againOf', { email: invitation.email })}>
          {t('portal.users.again')}
        </Button>
        <Button loading={withdraw.isPending} onClick={() => withdraw.mutate()} aria-label={t('portal.users.withdrawOf', { email: invitation.email })}>
          {t('portal.users.withdraw')}
        </Button>
      </div>
    </li>
  );
}
