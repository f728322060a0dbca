// Inviting somebody: address, name, language and roles. Where no mail leaves the house the link is shown, once.
import { useState } from 'react';
import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { invitationsQuery, type Membership } from '@/api/people';
import type { Session } from '@/api/queries';
import { useWords } from '@/texts/useWords';
import { FaultLine } from './FaultLine';
import { HandOver } from './HandOver';
import { RolesEditor } from './RolesEditor';
import classes from './Users.module.css';

export function InviteForm({ session, onClose }: { session: Session; onClose: () => void }) {
  const { t, language: own } = useWords();
  const client = useQueryClient();
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [language, setLanguage] = useState<'sv' | 'en'>(own);
  const [memberships, setMemberships] = useState<Membership[]>([{ companyId: session.company.id, role: 'clerk' }]);
  const invite = useMutation({
    mutationFn: () => api.post('/api/v1/invitations', { body: { email: email.trim(), name: name.trim(), language, memberships } }),
    onSuccess: () => client.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
  });
  if (invite.data) return <HandOver invitation={invite.data} onClose={onClose} />;
  return (
    <form
      className={classes.form}
      aria-label={t('portal.users.inviteTitle')}
      onSubmit={(event) => {
        event.preventDefault();
        if (!invite.isPending) invite.mutate();
      }}
    >
      <h2 className={classes.heading}>{t('portal.users.inviteTitle')}</h2>
      <TextInput size="sm" type="email" label={t('portal.users.email')} required withAsterisk={false} autoFocus maxLength={254} value={email} onChange={(event) => setEmail(event.currentTarget.value)} />
      <TextInput size="sm" label={t('portal.users.name')} required withAsterisk={false} maxLength={200} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <SegmentedControl
        size="sm"
        aria-label={t('portal.users.language')}
        value={language}
        onChange={(value) => setLanguage(value as 'sv' | 'en')}
        data={(['sv', 'en'] as const).map((value) => ({ value, label: t(`portal.notices.in.${value}`) }))}
      />
      <RolesEditor session={session} memberships={memberships} onChange={setMemberships} />
      <FaultLine error={invite.error} />
      <div className={classes.buttons}>
        <Button type="submit" variant="filled" size="sm" loading={invite.isPending} disabled={memberships.length === 0}>
          {t('portal.users.send')}
        </Button>
        <Button size="sm" onClick={onClose}>
          {t('portal.users.cancel')}
        </Button>
      </div>
    </form>
  );
}
