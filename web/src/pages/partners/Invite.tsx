// Asking a partner, by e-mail, how it would rather have its documents; its answers, to be used or left.
import { useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { useMay } from '@/api/may';
import { asProblem, problemWords } from '@/api/problem';
import { partnerQuery, type PartnerDetail } from '@/api/queries';
import { dateOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { isAddress } from '../settings/smartmailForm';
import classes from './Partners.module.css';

type Invitation = PartnerDetail['invitations'][number];

export function Invite({ partner }: { partner: PartnerDetail }) {
  const { t } = useWords();
  const client = useQueryClient();
  const mayWrite = useMay('partners:write');
  const [email, setEmail] = useState(partner.email ?? '');
  const [fault, setFault] = useState(false);
  const refresh = () => void client.invalidateQueries({ queryKey: partnerQuery(partner.identifier).queryKey });
  const send = useMutation({
    mutationFn: () => api.post('/api/v1/partners/{identifier}/invitations', { path: { identifier: partner.identifier }, body: { email: email.trim() } }),
    onSuccess: refresh,
  });
  const words = send.error && problemWords(t, asProblem(send.error));
  return (
    <section className={classes.section}>
      <h2>{t('portal.partner.invite.title')}</h2>
      <p className={classes.quiet}>{t('portal.partner.invite.why')}</p>
      {partner.invitations.length > 0 && (
        <ul className={classes.known}>
          {partner.invitations.map((one) => (
            <InvitationRow key={one.id} partner={partner} invitation={one} mayWrite={mayWrite} onSettled={refresh} />
          ))}
        </ul>
      )}
      {mayWrite && (
        <form
          className={classes.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            setFault(!isAddress(email.trim()));
            if (isAddress(email.trim()) && !send.isPending) send.mutate();
          }}
        >
          <TextInput
            type="email"
            size="sm"
            label={t('portal.partner.invite.email')}
            maxLength={254}
            value={email}
            onChange={(event) => {
              setEmail(event.currentTarget.value);
              setFault(false);
              send.reset();
            }}
            error={fault ? t('portal.smartmail.settings.fault.address') : undefined}
          />
          {words && (
            <p role="alert" className={classes.fault}>
              {words.what} {words.advice}
            </p>
          )}
          {send.data && (
            <p role="status" className={classes.quiet}>
              {t('portal.partner.invite.sent', { email: send.data.email })}
            </p>
          )}
          <div className={classes.buttons}>
            <Button type="submit" size="sm" loading={send.isPending}>
              {t('portal.partner.invite.send')}
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}

interface RowProps {
  partner: PartnerDetail;
  invitation: Invitation;
  mayWrite: boolean;
  onSettled: () => void;
}

function InvitationRow({ partner, invitation, mayWrite, onSettled }: RowProps) {
  const { t } = useWords();
  const { answer, settled } = invitation;
  const path = { identifier: partner.identifier };
  const settle = useMutation({
    mutationFn: async (taken: boolean) => {
      if (taken && answer?.kind === 'email' && answer.value) await api.put('/api/v1/partners/{identifier}', { path, body: { name: partner.name, email: answer.value } });
      if (taken && answer?.kind === 'peppol')
        await api.put('/api/v1/partners/{identifier}', { path, body: { name: partner.name, channels: ['peppol', ...partner.channels.filter((one) => one !== 'peppol')] } });
      return api.post('/api/v1/partners/{identifier}/invitations/{invitationId}/settlement', { path: { ...path, invitationId: invitation.id }, body: { taken } });
    },
    onSuccess: onSettled,
  });
  const words = settle.error && problemWords(t, asProblem(settle.error));
  const said = answer ? t(`portal.partner.invite.said.${answer.kind}`, { value: answer.value ?? '', defaultValue: answer.kind }) : t('portal.partner.invite.waiting');
  return (
    <li>
      <span>
        {t('portal.partner.invite.asked', { email: invitation.email, date: dateOf(invitation.sentAt) })}: {said}
      </span>
      {settled && <span className={classes.quiet}>{t(settled.taken ? 'portal.partner.invite.taken' : 'portal.partner.invite.left', { name: settled.by })}</span>}
      {words && (
        <span role="alert" className={classes.fault}>
          {words.what} {words.advice}
        </span>
      )}
      {answer && !settled && mayWrite && (
        <span className={classes.buttons}>
          {answer.kind !== 'no' && (
            <Button size="xs" loading={settle.isPending} onClick={() => settle.mutate(true)}>
              {t('portal.partner.invite.take')}
            </Button>
          )}
          <Button size="xs" variant="subtle" color="gray" disabled={settle.isPending} onClick={() => settle.mutate(false)}>
            {t('portal.partner.invite.leave')}
          </Button>
        </span>
      )}
    </li>
  );
}
