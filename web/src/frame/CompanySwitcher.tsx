import { lazy, Suspense, useState } from 'react';
import { Menu, ScrollArea, TextInput, UnstyledButton } from '@mantine/core';
import { IconBuilding, IconBuildings, IconCheck, IconSelector } from '@tabler/icons-react';
import type { Session } from '@/api/queries';
import { identifierText } from '@/format/identifiers';
import { withAllWords } from '@/texts/i18n';
import { useWords } from '@/texts/useWords';
import classes from './Frame.module.css';
import { useSwitch } from './useSwitch';

const ActingDialog = lazy(() => withAllWords(import('@/pages/acting/ActingDialog')));

const searchableFrom = 8;

export function CompanySwitcher({ session }: { session: Session }) {
  const { t } = useWords();
  const [wanted, setWanted] = useState('');
  const [customer, setCustomer] = useState<Session['company']>(); // whom staff are about to act for
  const change = useSwitch();
  const home = session.companies.find((company) => company.isOperator);
  const staff = session.user.staff || session.reason !== null;
  const choose = (company: Session['company']) => {
    if (company.id === session.company.id && !session.everything) return;
    if (staff && company.id !== home?.id) {
      change.reset();
      setCustomer(company);
    } else change.mutate({ companyId: company.id });
  };
  const nameOf = ({ name, sandboxOf }: Session['company']) => (sandboxOf ? t('portal.frame.sandboxName', { company: name }) : name);
  const shown = session.everything ? t('portal.frame.everything') : nameOf(session.company);

  if (session.companies.length < 2)
    return (
      <div className={classes.company}>
        <IconBuilding size={16} stroke={1.75} aria-hidden />
        <span>{nameOf(session.company)}</span>
      </div>
    );

  const matching = session.companies.filter((company) => nameOf(company).toLowerCase().includes(wanted.toLowerCase()));
  return (
    <>
    <Menu position="bottom-start" width={300} onClose={() => setWanted('')}>
      <Menu.Target>
        <UnstyledButton className={classes.company} aria-label={t('portal.frame.company', { company: shown })}>
          <IconBuilding size={16} stroke={1.75} aria-hidden />
          <span>{shown}</span>
          <IconSelector size={16} stroke={1.75} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('portal.frame.switchCompany')}</Menu.Label>
        {session.companies.length >= searchableFrom && (
          <TextInput
            size="xs"
            m={4}
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
            placeholder={t('portal.frame.findCompany')}
            aria-label={t('portal.frame.findCompany')}
          />
        )}
        <ScrollArea.Autosize mah={360}>
          {!staff && !wanted && (
            <Menu.Item
              leftSection={<IconBuildings size={16} stroke={1.75} aria-hidden />}
              onClick={() => !session.everything && change.mutate({ companyId: session.company.id, everything: true })}
              rightSection={session.everything ? <IconCheck size={16} stroke={1.75} aria-hidden /> : null}
            >
              {t('portal.frame.everything')}
            </Menu.Item>
          )}
          {matching.map((company) => (
            <Menu.Item
              key={company.id}
              onClick={() => choose(company)}
              rightSection={!session.everything && company.id === session.company.id ? <IconCheck size={16} stroke={1.75} aria-hidden /> : null}
            >
              {nameOf(company)} <span style={{ color: 'var(--pg-dim)' }}>{identifierText(company.identifier)}</span>
            </Menu.Item>
          ))}
        </ScrollArea.Autosize>
      </Menu.Dropdown>
    </Menu>
    {customer && (
      <Suspense>
        <ActingDialog
          company={customer.name}
          error={change.error}
          busy={change.isPending}
          onGo={(reason) => change.mutate({ companyId: customer.id, reason }, { onSuccess: () => setCustomer(undefined) })}
          onClose={() => setCustomer(undefined)}
        />
      </Suspense>
    )}
    </>
  );
}
