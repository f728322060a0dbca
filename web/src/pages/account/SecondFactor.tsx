// The second step of signing in: set up by a QR code that the server draws, confirmed by a code; recovery codes, once.
import { useState } from 'react';
import { Button, PasswordInput, Skeleton, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { secondFactorQuery } from '@/api/people';
import { sessionQuery } from '@/api/queries';
import type { components } from '@/api/schema';
import { FaultLine } from '@/pages/users/FaultLine';
import { useWords } from '@/texts/useWords';
import { useCopy } from '@/ui/useCopy';
import classes from './Account.module.css';

type Enrolment = components['schemas']['Enrolment'];

export function SecondFactor() {
  const { t } = useWords();
  const { data, error } = useQuery(secondFactorQuery);
  const [enrolment, setEnrolment] = useState<Enrolment>();
  const [codes, setCodes] = useState<string[]>();
  return (
    <section className={classes.part}>
      <h2 className={classes.heading}>{t('portal.account.second')}</h2>
      <FaultLine error={error} />
      {!data && !error && <Skeleton height={60} />}
      {codes ? (
        <Codes codes={codes} onDone={() => setCodes(undefined)} />
      ) : enrolment ? (
        <Confirm
          enrolment={enrolment}
          onConfirmed={(made) => {
            setEnrolment(undefined);
            setCodes(made);
          }}
        />
      ) : data?.on ? (
        <On state={data} onCodes={setCodes} />
      ) : data ? (
        <Begin onBegun={setEnrolment} />
      ) : null}
    </section>
  );
}

// Asked for before anything that a stolen session must not do.
function WithPassword({ action, busy, error, onGo }: { action: string; busy: boolean; error: unknown; onGo: (password: string) => void }) {
  const { t } = useWords();
  const [password, setPassword] = useState('');
  return (
    <form
      className={classes.inner}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) onGo(password);
      }}
    >
      <PasswordInput size="sm" label={t('portal.account.withPassword')} autoComplete="current-password" required withAsterisk={false} value={password} onChange={(event) => setPassword(event.currentTarget.value)} visibilityToggleButtonProps={{ 'aria-label': t('portal.login.showPassword') }} />
      <FaultLine error={error} />
      <div className={classes.buttons}>
        <Button type="submit" size="sm" loading={busy} disabled={!password}>
          {action}
        </Button>
      </div>
    </form>
  );
}

function Begin({ onBegun }: { onBegun: (enrolment: Enrolment) => void }) {
  const { t } = useWords();
  const begin = useMutation({ mutationFn: (password: string) => api.post('/api/v1/me/second-factor', { body: { password } }), onSuccess: onBegun });
  return (
    <>
      <p>{t('portal.account.secondOff')}</p>
      <WithPassword action={t('portal.account.begin')} busy={begin.isPending} error={begin.error} onGo={(password) => begin.mutate(password)} />
    </>
  );
}

function Confirm({ enrolment, onConfirmed }: { enrolment: Enrolment; onConfirmed: (codes: string[]) => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [code, setCode] = useState('');
  const confirm = useMutation({
    mutationFn: () => api.post('/api/v1/me/second-factor/confirmation', { body: { code: code.trim() } }),
    onSuccess: async ({ recoveryCodes }) => {
      onConfirmed(recoveryCodes);
      await client.invalidateQueries({ queryKey: secondFactorQuery.queryKey });
      await client.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  });
  const { qr } = enrolment;
  return (
    <form
      className={classes.inner}
      onSubmit={(event) => {
        event.preventDefault();
        if (!confirm.isPending) confirm.mutate();
      }}
    >
      <p>{t('portal.account.scan')}</p>
      {qr && (
        <svg role="img" aria-label={t('portal.account.qr')} className={classes.qr} viewBox={`-4 -4 ${qr.modules + 8} ${qr.modules + 8}`} shapeRendering="crispEdges">
          <rect x={-4} y={-4} width={qr.modules + 8} height={qr.modules + 8} fill="white" />
          <path d={qr.path} fill="black" />
        </svg>
      )}
      <TextInput size="sm" readOnly label={t('portal.account.secret')} value={enrolment.secret.replace(/(.{4})(?=.)/g, '$1 ')} onFocus={(event) => event.currentTarget.select()} />
      <TextInput size="sm" label={t('portal.account.code')} inputMode="numeric" autoComplete="one-time-code" required withAsterisk={false} autoFocus maxLength={10} value={code} onChange={(event) => setCode(event.currentTarget.value)} />
      <FaultLine error={confirm.error} />
      <div className={classes.buttons}>
        <Button type="submit" variant="filled" size="sm" loading={confirm.isPending} disabled={!code}>
          {t('portal.account.confirm')}
        </Button>
      </div>
    </form>
  );
}

function Codes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const { t } = useWords();
  const [copied, copy] = useCopy();
  return (
    <div className={classes.inner}>
      <h3 className={classes.heading}>{t('portal.account.codes')}</h3>
      <p>{t('portal.account.codesWhy')}</p>
      <ul className={classes.codes}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={classes.buttons}>
        <Button size="sm" onClick={() => copy(codes.join('\n'))}>
          {t(copied ? 'portal.account.codesCopied' : 'portal.account.codesCopy')}
        </Button>
        <Button variant="filled" size="sm" onClick={onDone}>
          {t('portal.account.codesDone')}
        </Button>
      </div>
    </div>
  );
}

function On({ state, onCodes }: { state: components['schemas']['SecondFactor']; onCodes: (codes: string[]) => void }) {
  const { t, number } = useWords();
  const client = useQueryClient();
  const [asking, setAsking] = useState<'codes' | 'off'>();
  const refresh = () => client.invalidateQueries({ queryKey: secondFactorQuery.queryKey });
  const renew = useMutation({
    mutationFn: (password: string) => api.post('/api/v1/me/second-factor/recovery-codes', { body: { password } }),
    onSuccess: async ({ recoveryCodes }) => {
      onCodes(recoveryCodes);
      await refresh();
    },
  });
  const off = useMutation({ mutationFn: (password: string) => api.post('/api/v1/me/second-factor/removal', { body: { password } }), onSuccess: refresh });
  const action = asking === 'codes' ? renew : off;
  return (
    <>
      <p>
        {t('portal.account.secondOn')} {state.demanded && t('portal.account.secondDemanded')} {t('portal.account.codesLeft', { number: number(state.recoveryCodesLeft) })}
      </p>
      <div className={classes.buttons}>
        <Button size="sm" onClick={() => setAsking('codes')}>
          {t('portal.account.codesNew')}
        </Button>
        {!state.demanded && (
          <Button size="sm" onClick={() => setAsking('off')}>
            {t('portal.account.turnOff')}
          </Button>
        )}
      </div>
      {asking && <WithPassword key={asking} action={t(asking === 'codes' ? 'portal.account.codesNew' : 'portal.account.turnOff')} busy={action.isPending} error={action.error} onGo={(password) => action.mutate(password)} />}
    </>
  );
}
