// «Företag»: what the company tells of itself, its identifiers, and what it has set or inherits.
import { useState } from 'react';
import { Button, Skeleton, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { companyQuery, patchCompany, type CompanyDetail } from '@/api/companies';
import { asProblem, problemWords } from '@/api/problem';
import { sessionQuery } from '@/api/queries';
import { useWords } from '@/texts/useWords';
import { ErrorNotice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import frame from '@/ui/SettingsPage.module.css';
import { Addresses } from './Addresses';
import { Contacts } from './Contacts';
import { Identifiers } from './Identifiers';
import { InheritedSettings } from './InheritedSettings';
import classes from './Company.module.css';

const route = getRouteApi('/frame/settings/company');

export function CompanyPage() {
  const { t } = useWords();
  const { company } = route.useSearch();
  const session = useQuery(sessionQuery).data;
  return (
    <div className={`${frame.page} ${classes.page}`}>
      <PageHead title={t('portal.settings.company')} />
      {session && <CompanyBody key={company ?? session.company.id} companyId={company ?? session.company.id} />}
    </div>
  );
}

function CompanyBody({ companyId }: { companyId: string }) {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(companyQuery(companyId));
  if (error && !data) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={420} mt="md" />;
  const path = data.above.map(({ name }) => name).join(' › ');
  return (
    <>
      <div className={classes.lead}>
        <h2 className={classes.name}>{data.name}</h2>
        {path && <p>{t('portal.company.beneath', { path })}</p>}
        <p>{t('portal.company.lead')}</p>
        {!data.mayChange && <p className={classes.quiet}>{t('portal.company.readOnly')}</p>}
      </div>
      <div className={classes.columns}>
        <div className={classes.side}>
          <Identifiers company={data} />
          <LegalName company={data} />
          <Addresses company={data} />
          <Contacts company={data} />
        </div>
        <div className={classes.side}>
          <InheritedSettings companyId={companyId} mayChange={data.mayChange} />
        </div>
      </div>
    </>
  );
}

function LegalName({ company }: { company: CompanyDetail }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [name, setName] = useState(company.name);
  const save = useMutation({
    mutationFn: () => patchCompany(company.id, { name: name.trim() }),
    onSuccess: async (answer) => {
      client.setQueryData(companyQuery(company.id).queryKey, answer);
      setName(answer.name);
      await client.invalidateQueries({ queryKey: ['session'] });
    },
  });
  const fault = save.error ? problemWords(t, asProblem(save.error)) : undefined;
  if (!company.mayChange) return null;
  return (
    <form
      className={classes.inline}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <TextInput
        size="sm"
        required
        maxLength={120}
        label={t('portal.company.name')}
        description={t('portal.company.nameWhy')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={fault && `${fault.what} ${fault.advice}`}
      />
      <Button type="submit" size="sm" loading={save.isPending} disabled={name.trim() === '' || name.trim() === company.name}>
        {t('portal.company.save')}
      </Button>
      {save.isSuccess && name === company.name && (
        <span role="status" className={classes.quiet}>
          {t('portal.company.saved')}
        </span>
      )}
    </form>
  );
}
