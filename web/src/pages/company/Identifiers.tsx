// Every identifier of a company: the main one, others beside it, a new one with help while it is typed.
import { useState } from 'react';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { companyQuery, putIdentifiers, type CompanyDetail } from '@/api/companies';
import { asProblem, problemWords, type Problem } from '@/api/problem';
import { identifierText } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import { IdentifierFields } from './IdentifierFields';
import { offeredSchemes } from './identifierHelp';
import classes from './Company.module.css';

export function Identifiers({ company }: { company: CompanyDetail }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<string>();
  const change = useMutation({
    mutationFn: (next: { main: string; all: string[] }) => putIdentifiers(company.id, next.main, next.all),
    onSuccess: (answer) => {
      client.setQueryData(companyQuery(company.id).queryKey, answer);
      setAdding(false);
      setRemoving(undefined);
    },
  });
  const problem = change.error ? asProblem(change.error) : undefined;
  const others = company.identifiers.filter((one) => one !== company.identifier);
  return (
    <section className={classes.section} aria-labelledby="company-identifiers">
      <h2 id="company-identifiers">{t('portal.company.identifiers')}</h2>
      <ul className={classes.rows}>
        {[company.identifier, ...others].map((identifier) => (
          <li key={identifier}>
            <div className={classes.row}>
              <p className={classes.grow}>
                <span className={classes.quiet}>{schemeWords(t, identifier)}</span> <b>{identifierText(identifier)}</b>
                {identifier === company.identifier && <span className={classes.badge}>{t('portal.company.main')}</span>}
              </p>
              {company.mayChange && identifier !== company.identifier && (
                <>
                  <Button size="xs" variant="subtle" aria-label={t('portal.company.makeMainOf', { identifier: identifierText(identifier) })} onClick={() => change.mutate({ main: identifier, all: company.identifiers })}>
                    {t('portal.company.makeMain')}
                  </Button>
                  <Button size="xs" variant="subtle" aria-label={t('portal.company.removeOf', { identifier: identifierText(identifier) })} onClick={() => setRemoving(identifier)}>
                    {t('portal.company.remove')}
                  </Button>
                </>
              )}
            </div>
            {removing === identifier && (
              <div className={classes.confirm}>
                <p>{t('portal.company.removeWhy', { identifier: identifierText(identifier) })}</p>
                <Button size="xs" color="red" variant="filled" loading={change.isPending} onClick={() => change.mutate({ main: company.identifier, all: company.identifiers.filter((one) => one !== identifier) })}>
                  {t('portal.company.remove')}
                </Button>
                <Button size="xs" variant="subtle" onClick={() => setRemoving(undefined)}>
                  {t('portal.company.cancel')}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {problem && !adding && <Fault problem={problem} />}
      {company.mayChange && !adding && (
        <Button size="sm" className={classes.start ?? ''} onClick={() => setAdding(true)}>
          {t('portal.company.newIdentifier')}
        </Button>
      )}
      {adding && (
        <NewIdentifier
          problem={problem}
          pending={change.isPending}
          onCancel={() => {
            change.reset();
            setAdding(false);
          }}
          onAdd={(identifier) => change.mutate({ main: company.identifier, all: [...company.identifiers, identifier] })}
        />
      )}
    </section>
  );
}

function schemeWords(t: ReturnType<typeof useWords>['t'], identifier: string): string {
  const scheme = identifier.slice(0, identifier.indexOf(':'));
  return (offeredSchemes as readonly string[]).includes(scheme) ? t(`portal.company.schemeName.${scheme}`) : t('portal.scheme.other', { scheme });
}

interface NewIdentifierProps {
  problem: Problem | undefined;
  pending: boolean;
  onAdd: (identifier: string) => void;
  onCancel: () => void;
}

function NewIdentifier({ problem, pending, onAdd, onCancel }: NewIdentifierProps) {
  const { t } = useWords();
  const [scheme, setScheme] = useState('0088');
  const [value, setValue] = useState('');
  const isWhole = /^\d{4}$/.test(scheme) && value.trim() !== '';
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole) onAdd(`${scheme}:${value.trim()}`);
      }}
    >
      <IdentifierFields scheme={scheme} value={value} onScheme={setScheme} onValue={setValue} />
      {problem && <Fault problem={problem} />}
      <div className={classes.buttons}>
        <Button type="submit" size="sm" variant="filled" loading={pending} disabled={!isWhole}>
          {t('portal.company.add')}
        </Button>
        <Button size="sm" variant="subtle" onClick={onCancel}>
          {t('portal.company.cancel')}
        </Button>
      </div>
    </form>
  );
}

function Fault({ problem }: { problem: Problem }) {
  const { t } = useWords();
  const words = problemWords(t, problem);
  const scheme = problem.parameters?.scheme ?? '';
  const form = (offeredSchemes as readonly string[]).includes(scheme) ? t(`portal.company.form.${scheme}`) : '';
  return (
    <p role="alert" className={classes.fault}>
      {words.what} {problem.code === 'identifier-malformed' && form ? form : words.advice}
    </p>
  );
}
