// A new company: a subsidiary of a group, or a customer of the operator's.
import { useState } from 'react';
import { Button, Select, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { createCompany, type CompanyDetail, type GroupCompany } from '@/api/companies';
import { asProblem, problemWords } from '@/api/problem';
import { useWords } from '@/texts/useWords';
import { NumberField } from '../company/IdentifierFields';
import classes from './Group.module.css';

interface NewCompanyProps {
  words: 'group' | 'customers';
  places: readonly GroupCompany[]; // none: it stands beneath nobody
  under?: string;
  why?: string;
  onMade: (company: CompanyDetail) => void;
  onCancel: () => void;
}

export function NewCompany({ words, places, under, why, onMade, onCancel }: NewCompanyProps) {
  const { t } = useWords();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [number, setNumber] = useState('');
  const [parent, setParent] = useState<string | null>(under ?? null);
  const create = useMutation({
    mutationFn: () => createCompany({ name: name.trim(), identifier: `0007:${number.trim()}`, ...(parent ? { parent } : {}) }),
    onSuccess: async (made) => {
      await Promise.all(['groups', 'companies', 'insight', 'session'].map((key) => client.invalidateQueries({ queryKey: [key] })));
      onMade(made);
    },
  });
  const fault = create.error ? problemWords(t, asProblem(create.error)) : undefined;
  const isWhole = name.trim() !== '' && number.trim() !== '';
  return (
    <form
      className={classes.panel}
      aria-label={t(words === 'group' ? 'portal.group.addTitle' : 'portal.customers.newTitle')}
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole) create.mutate();
      }}
    >
      {why && <p className={classes.quiet}>{why}</p>}
      <TextInput size="sm" required maxLength={120} label={t(`portal.${words}.name`)} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <NumberField scheme="0007" label={t(`portal.${words}.orgnr`)} value={number} onValue={setNumber} />
      {places.length > 0 && <Select size="sm" searchable allowDeselect={!under} label={t('portal.group.under')} value={parent} onChange={setParent} data={places.map((place) => ({ value: place.id, label: place.name }))} />}
      {fault && (
        <p role="alert" className={classes.fault}>
          {fault.what} {fault.advice}
        </p>
      )}
      <div className={classes.buttons}>
        <Button type="submit" size="sm" variant="filled" loading={create.isPending} disabled={!isWhole}>
          {t(`portal.${words}.create`)}
        </Button>
        <Button size="sm" variant="subtle" onClick={onCancel}>
          {t(`portal.${words}.cancel`)}
        </Button>
      </div>
    </form>
  );
}
