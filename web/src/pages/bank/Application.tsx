// One application: who it is, why it waits, and the answer.
import { useState } from 'react';
import { Autocomplete, Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { BankAgreement, BankDecision } from '@/api/bank';
import { api } from '@/api/client';
import { asProblem, problemWords } from '@/api/problem';
import { partnersQuery } from '@/api/queries';
import { dateOf } from '@/format/dates';
import { identifierText } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import classes from './Bank.module.css';

export function useDecision(agreement: BankAgreement) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BankDecision) => api.post('/api/v1/bank-agreements/{agreementId}/decision', { path: { agreementId: agreement.id }, body }),
    onSettled: () => client.invalidateQueries({ queryKey: ['bank', 'agreements'] }),
  });
}

export const nameOf = (agreement: BankAgreement): string => agreement.name ?? agreement.receiver;

// Where it is told, what is known of the payer, in a line.
export function useAbout(agreement: BankAgreement): string {
  const { t } = useWords();
  return [
    agreement.bank,
    agreement.receiver,
    agreement.customerNumber && t('portal.bank.customerNumber', { number: agreement.customerNumber }),
    agreement.identifier && identifierText(agreement.identifier),
    t('portal.bank.applied', { date: dateOf(agreement.appliedAt) }),
  ]
    .filter(Boolean)
    .join(' · ');
}

export function Application({ application }: { application: BankAgreement }) {
  const { t } = useWords();
  const about = useAbout(application);
  const decide = useDecision(application);
  const [refusing, setRefusing] = useState(false);
  const [counterpart, setCounterpart] = useState(application.counterpart ?? '');
  const name = nameOf(application);
  const fault = decide.error ? problemWords(t, asProblem(decide.error)) : undefined;
  const namesNobody = application.counterpart === null;
  return (
    <li>
      <div className={classes.who}>
        <p className={classes.name}>{name}</p>
        <p className={classes.quiet}>{about}</p>
        {application.waits && (
          <p className={classes.why}>{t(`portal.bank.waits.${application.waits}`, { name: application.counterpartName ?? application.counterpart ?? '', defaultValue: application.waits })}</p>
        )}
        {fault && (
          <p role="alert" className={classes.fault}>
            {fault.what} {fault.advice}
          </p>
        )}
      </div>
      {refusing ? (
        <Refusal name={name} busy={decide.isPending} onRefuse={(reason) => decide.mutate({ decision: 'refuse', reason })} onKeep={() => setRefusing(false)} />
      ) : (
        <div className={classes.acts}>
          {namesNobody && <CounterpartPicker value={counterpart} onChange={setCounterpart} />}
          <Button
            size="sm"
            variant="filled"
            aria-label={t('portal.bank.acceptOf', { name })}
            loading={decide.isPending}
            onClick={() => decide.mutate(namesNobody && counterpart !== '' ? { decision: 'accept', counterpart } : { decision: 'accept' })}
          >
            {t('portal.bank.accept')}
          </Button>
          <Button size="sm" variant="subtle" aria-label={t('portal.bank.refuseOf', { name })} onClick={() => setRefusing(true)}>
            {t('portal.bank.refuse')}
          </Button>
        </div>
      )}
    </li>
  );
}

interface RefusalProps {
  name: string;
  busy: boolean;
  onRefuse: (reason: string) => void;
  onKeep: () => void;
}

function Refusal({ name, busy, onRefuse, onKeep }: RefusalProps) {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  return (
    <form
      className={classes.acts}
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim()) onRefuse(reason.trim());
      }}
    >
      <TextInput size="sm" className={classes.field} label={t('portal.bank.refuseReason')} maxLength={200} value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />
      <Button type="submit" size="sm" variant="filled" color="red" aria-label={t('portal.bank.refuseOf', { name })} disabled={!reason.trim()} loading={busy}>
        {t('portal.bank.refuse')}
      </Button>
      <Button size="sm" variant="subtle" onClick={onKeep}>
        {t('portal.bank.keep')}
      </Button>
    </form>
  );
}

// Our counterparts by name or number; what is chosen is kept by its identifier.
function CounterpartPicker({ value, onChange }: { value: string; onChange: (identifier: string) => void }) {
  const { t } = useWords();
  const [typed, setTyped] = useState(value);
  const [settled] = useDebouncedValue(typed.trim(), 160);
  const { data } = useQuery({ ...partnersQuery(settled, ''), enabled: settled !== '' });
  const found = settled === '' ? [] : (data?.items ?? []);
  const shown = (identifier: string) => found.find((one) => one.identifier === identifier)?.name ?? '';
  return (
    <Autocomplete
      size="sm"
      className={classes.field}
      aria-label={t('portal.bank.counterpart')}
      placeholder={t('portal.bank.counterpart')}
      value={typed}
      onChange={setTyped}
      onOptionSubmit={onChange}
      filter={({ options }) => options}
      data={found.map((one) => one.identifier)}
      renderOption={({ option }) => (
        <span>
          {shown(option.value)} <span className={classes.quiet}>{identifierText(option.value)}</span>
        </span>
      )}
    />
  );
}
