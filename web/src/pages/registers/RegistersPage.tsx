// The registers: references, order numbers, cost centres and accounts that our demands ask.
import { useState } from 'react';
import { Button, Select, Skeleton, Switch, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { IconAddressBook, IconPlus } from '@tabler/icons-react';
import { api } from '@/api/client';
import { registersQuery, type RegisterKind } from '@/api/filters';
import { asProblem, problemWords } from '@/api/problem';
import { dateOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { Crumbs } from '@/ui/Crumbs';
import { DateText } from '@/ui/DateText';
import { ErrorNotice, Notice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import tables from '@/ui/Table.module.css';
import { useDelayed } from '@/ui/useDelayed';
import classes from './Registers.module.css';

export const registerKinds: readonly RegisterKind[] = ['references', 'orders', 'cost-centres', 'accounts'];

export function RegistersPage() {
  const { t, number } = useWords();
  const { data, error, isPending, refetch } = useQuery(registersQuery);
  const waiting = useDelayed(isPending);
  const [making, setMaking] = useState(false);
  const make = (
    <Button variant="filled" leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />} onClick={() => setMaking(true)}>
      {t('portal.registers.new')}
    </Button>
  );
  return (
    <div className={classes.page}>
      <Crumbs>
        <Link to="/stopped/filters">{t('portal.filters.title')}</Link>
      </Crumbs>
      <PageHead title={t('portal.registers.title')} actions={data && data.items.length > 0 && !making ? make : undefined} />
      <p className={classes.lead}>{t('portal.registers.lead')}</p>
      {making && <NewRegister onClose={() => setMaking(false)} />}
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {waiting && <Skeleton height={160} mt="md" />}
      {data?.items.length === 0 && !making && (
        <Notice icon={IconAddressBook} title={t('portal.registers.none')} action={make}>
          {t('portal.registers.noneWhy')}
        </Notice>
      )}
      {data && data.items.length > 0 && (
        <table className={`${tables.table} ${tables.rows} ${classes.table}`}>
          <thead>
            <tr>
              <th scope="col">{t('portal.column.name')}</th>
              <th scope="col" className={classes.wide}>
                {t('portal.registers.kind')}
              </th>
              <th scope="col" className={classes.figure}>
                {t('portal.registers.rows')}
              </th>
              <th scope="col" className={classes.wide}>
                {t('portal.registers.shared')}
              </th>
              <th scope="col" className={`${classes.date} ${classes.wide}`}>
                {t('portal.registers.changed')}
              </th>
            </tr>
          </thead>
          <tbody>
            {data.items.map((register) => (
              <tr key={register.id}>
                <th scope="row">
                  <Link to="/stopped/registers/$registerId" params={{ registerId: register.id }}>
                    {register.name}
                  </Link>
                </th>
                <td className={classes.wide}>{t(`portal.registers.kinds.${register.kind}`)}</td>
                <td className={classes.figure}>{number(register.rows)}</td>
                <td className={classes.wide}>{t(register.sharedWithSenders ? 'portal.registers.yes' : 'portal.registers.no')}</td>
                <td className={`${classes.date} ${classes.wide}`}>
                  <DateText date={dateOf(register.changedAt)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function NewRegister({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [kind, setKind] = useState<RegisterKind>('references');
  const [shared, setShared] = useState(false);
  const make = useMutation({
    mutationFn: () => api.post('/api/v1/registers', { body: { name: name.trim(), kind, sharedWithSenders: shared } }),
    onSuccess: async (register) => {
      void client.invalidateQueries({ queryKey: ['registers'] });
      await navigate({ to: '/stopped/registers/$registerId', params: { registerId: register.id } });
    },
  });
  const fault = make.error ? problemWords(t, asProblem(make.error)) : undefined;
  return (
    <form
      className={classes.newRegister}
      aria-label={t('portal.registers.new')}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) make.mutate();
      }}
    >
      <TextInput label={t('portal.column.name')} placeholder={t('portal.registers.nameHint')} size="sm" value={name} maxLength={120} autoFocus onChange={(event) => setName(event.currentTarget.value)} />
      <Select label={t('portal.registers.kind')} size="sm" allowDeselect={false} data={registerKinds.map((value) => ({ value, label: t(`portal.registers.kinds.${value}`) }))} value={kind} onChange={(value) => value && setKind(value as RegisterKind)} />
      <Switch label={t('portal.registers.share')} description={t('portal.registers.shareWhy')} checked={shared} onChange={(event) => setShared(event.currentTarget.checked)} />
      {fault && (
        <p role="alert" className={classes.fault}>
          {fault.what} {fault.advice}
        </p>
      )}
      <div className={classes.buttons}>
        <Button variant="subtle" color="gray" size="sm" onClick={onClose}>
          {t('portal.correction.cancel')}
        </Button>
        <Button type="submit" variant="filled" size="sm" loading={make.isPending} disabled={!name.trim()}>
          {t('portal.registers.make')}
        </Button>
      </div>
    </form>
  );
}
