// What a counterpart is asked by mail: how it would rather have its documents. No account; the answer is a suggestion.
import { useState } from 'react';
import { Button, Radio, Skeleton, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { api } from '@/api/client';
import type { components } from '@/api/schema';
import classes from '@/pages/login/LoginPage.module.css';
import { useWords } from '@/texts/useWords';
import { useTitle } from '@/ui/PageHead';
import { Entrance, Fault } from '../entrance/Entrance';

type Asked = components['schemas']['PartnerInvitationLink'];
const kinds = ['peppol', 'email', 'no', 'refuse'] as const;
type Kind = (typeof kinds)[number];

export function WishesPage() {
  const { t } = useWords();
  const token = useLocation().hash || '-';
  useTitle(t('portal.wishes.title'));
  const link = useQuery({
    queryKey: ['wishes', token],
    queryFn: ({ signal }) => api.get('/api/v1/partner-invitation-links/{token}', { path: { token }, signal }),
    retry: false,
    staleTime: Infinity,
  });
  return (
    <Entrance>
      {link.data ? (
        <Answer token={token} asked={link.data} />
      ) : (
        <div className={classes.form}>
          <h1 className={classes.title}>{t(link.error ? 'portal.wishes.gone' : 'portal.wishes.title')}</h1>
          {link.error && <p className={classes.help}>{t('portal.wishes.goneWhy')}</p>}
          {link.isPending && <Skeleton height={120} />}
        </div>
      )}
    </Entrance>
  );
}

function Answer({ token, asked }: { token: string; asked: Asked }) {
  const { t } = useWords();
  const { company } = asked;
  const [kind, setKind] = useState<Kind>(kinds.find((one) => one === asked.answer) ?? 'peppol');
  const [peppol, setPeppol] = useState(asked.answer === 'peppol' ? (asked.value ?? '') : '');
  const [email, setEmail] = useState(asked.answer === 'email' ? (asked.value ?? '') : asked.email);
  const value = kind === 'peppol' ? peppol.trim() : kind === 'email' ? email.trim() : undefined;
  const send = useMutation({
    mutationFn: () => api.post('/api/v1/partner-invitation-links/{token}', { path: { token }, body: { answer: kind, ...(value ? { value } : {}) } }),
  });
  if (asked.settled)
    return (
      <div className={classes.form}>
        <h1 className={classes.title}>{t('portal.wishes.title')}</h1>
        <p className={classes.help}>{t('portal.wishes.settled', { company })}</p>
      </div>
    );
  if (send.isSuccess)
    return (
      <div className={classes.form} role="status">
        <h1 className={classes.title}>{t('portal.wishes.thanks', { company })}</h1>
        {kind === 'refuse' && <p className={classes.help}>{t('portal.wishes.thanksRefuse')}</p>}
        <Button size="sm" onClick={() => send.reset()}>
          {t('portal.wishes.change')}
        </Button>
      </div>
    );
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!send.isPending) send.mutate();
      }}
    >
      <h1 className={classes.title}>{t('portal.wishes.title')}</h1>
      <p className={classes.help}>{t('portal.wishes.asks', { company, partner: asked.partner })}</p>
      <Fault error={send.error} />
      <Radio.Group value={kind} onChange={(chosen) => setKind(kinds.find((one) => one === chosen) ?? 'no')} aria-label={t('portal.wishes.title')}>
        {kinds.map((one) => (
          <Radio key={one} mt="xs" value={one} label={t(`portal.wishes.${one}`)} />
        ))}
      </Radio.Group>
      {kind === 'peppol' && (
        <TextInput size="sm" label={t('portal.wishes.peppolId')} description={t('portal.wishes.peppolHint')} required withAsterisk={false} maxLength={100} value={peppol} onChange={(event) => setPeppol(event.currentTarget.value)} />
      )}
      {kind === 'email' && <TextInput type="email" size="sm" label={t('portal.wishes.address')} required withAsterisk={false} maxLength={254} value={email} onChange={(event) => setEmail(event.currentTarget.value)} />}
      <Button type="submit" variant="filled" size="sm" fullWidth loading={send.isPending}>
        {t('portal.wishes.send')}
      </Button>
    </form>
  );
}
