// A group as a tree, where each company is opened and moved.
import { useState } from 'react';
import { Button, Select } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { moveCompany, type GroupCompany } from '@/api/companies';
import { asProblem, problemWords } from '@/api/problem';
import { identifierText } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import { branchesOf, placesFor, type Branch } from './tree';
import classes from './Group.module.css';

interface GroupTreeProps {
  companies: readonly GroupCompany[];
  places: readonly GroupCompany[]; // where companies may be moved
  actingFor: string;
  mayLeave: boolean; // … and out of the group
  label: string;
}

export function GroupTree({ companies, places, actingFor, mayLeave, label }: GroupTreeProps) {
  const { t } = useWords();
  const [moving, setMoving] = useState<string>();
  const [moved, setMoved] = useState<string>();
  const branch = ({ company, beneath }: Branch) => (
    <li key={company.id}>
      <div className={classes.place} data-acting={company.id === actingFor || undefined}>
        <p className={classes.grow}>
          <CompanyName company={company} opens={company.mine || mayLeave} /> <span className={classes.number}>{identifierText(company.identifier)}</span>
          {company.id === actingFor && <span className={classes.badge}>{t('portal.group.acting')}</span>}
        </p>
        {company.mayMove && moving !== company.id && placesFor(places, company).length + (mayLeave ? 1 : 0) > 0 && (
          <Button
            size="xs"
            variant="subtle"
            aria-label={t('portal.group.moveOf', { company: company.name })}
            onClick={() => {
              setMoved(undefined);
              setMoving(company.id);
            }}
          >
            {t('portal.group.move')}
          </Button>
        )}
      </div>
      {moving === company.id && (
        <MoveForm
          company={company}
          places={placesFor(places, company)}
          from={places.find(({ id }) => id === company.parent)?.name}
          mayLeave={mayLeave && company.parent !== null}
          onClose={(done) => {
            setMoving(undefined);
            if (done) setMoved(company.name);
          }}
        />
      )}
      {beneath.length > 0 && <ul>{beneath.map(branch)}</ul>}
    </li>
  );
  return (
    <>
      <ul className={classes.tree} aria-label={label}>
        {branchesOf(companies).map(branch)}
      </ul>
      {moved && (
        <p role="status" className={classes.quiet}>
          {t('portal.group.moved', { company: moved })}
        </p>
      )}
    </>
  );
}

function CompanyName({ company, opens }: { company: GroupCompany; opens: boolean }) {
  const { t } = useWords();
  if (!opens) return <b>{company.name}</b>;
  return (
    <Link to="/settings/company" search={{ company: company.id }} title={t('portal.group.open', { company: company.name })}>
      {company.name}
    </Link>
  );
}

const top = 'top'; // no company's id: those are numbers

function MoveForm({ company, places, from, mayLeave, onClose }: { company: GroupCompany; places: GroupCompany[]; from: string | undefined; mayLeave: boolean; onClose: (done: boolean) => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [to, setTo] = useState<string | null>(null);
  const move = useMutation({
    mutationFn: (parent: string) => moveCompany(company.id, parent === top ? null : parent),
    onSuccess: async () => {
      await Promise.all(['groups', 'companies', 'insight', 'session'].map((key) => client.invalidateQueries({ queryKey: [key] })));
      onClose(true);
    },
  });
  const fault = move.error ? problemWords(t, asProblem(move.error)) : undefined;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (to !== null) move.mutate(to);
      }}
    >
      <Select
        size="sm"
        searchable
        label={t('portal.group.moveTo')}
        {...(from ? { description: t('portal.group.moveWhy', { from }) } : {})}
        value={to}
        onChange={setTo}
        data={[...(mayLeave ? [{ value: top, label: t('portal.group.top') }] : []), ...places.map(({ id, name }) => ({ value: id, label: name }))]}
      />
      {fault && (
        <p role="alert" className={classes.fault}>
          {fault.what} {fault.advice}
        </p>
      )}
      <div className={classes.buttons}>
        <Button type="submit" size="sm" variant="filled" loading={move.isPending} disabled={to === null}>
          {t('portal.group.moveDo')}
        </Button>
        <Button size="sm" variant="subtle" onClick={() => onClose(false)}>
          {t('portal.group.cancel')}
        </Button>
      </div>
    </form>
  );
}
