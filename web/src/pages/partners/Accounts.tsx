// Where a supplier has asked to be paid, with what is new flagged until somebody has verified it.
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconAlertTriangle } from '@tabler/icons-react';
import { api } from '@/api/client';
import { asProblem, problemWords } from '@/api/problem';
import { partnerQuery, type PartnerDetail } from '@/api/queries';
import { dateOf } from '@/format/dates';
import { useMay } from '@/api/may';
import { useWords } from '@/texts/useWords';
import { accountText } from './accountText';
import classes from './Partners.module.css';

type Account = PartnerDetail['paymentIdentifiers'][number];

export function Accounts({ partner }: { partner: PartnerDetail }) {
  const { t } = useWords();
  const accounts = partner.paymentIdentifiers;
  return (
    <section className={classes.section}>
      <h2>{t('portal.partner.accounts')}</h2>
      <p className={classes.quiet}>{t(accounts.length > 0 ? 'portal.partner.accountsWhy' : 'portal.partner.accountsNone')}</p>
      {accounts.length > 0 && (
        <ul className={classes.accounts}>
          {accounts.map((account) => (
            <AccountRow key={account.account} identifier={partner.identifier} account={account} />
          ))}
        </ul>
      )}
    </section>
  );
}

function AccountRow({ identifier, account }: { identifier: string; account: Account }) {
  const { t, number } = useWords();
  const client = useQueryClient();
  const mayWrite = useMay('partners:write');
  const confirm = useMutation({
    mutationFn: () => api.post('/api/v1/partners/{identifier}/payment-identifiers/confirmation', { path: { identifier }, body: { account: account.account } }),
    onSuccess: (answer) => {
      client.setQueryData(partnerQuery(identifier).queryKey, answer);
      void client.invalidateQueries({ queryKey: ['partners'] });
    },
  });
  const { kind, shown } = accountText(account.account);
  const words = confirm.error && problemWords(t, asProblem(confirm.error));
  return (
    <li data-new={account.changed || undefined}>
      <p>
        <span className={classes.quiet}>{t(`portal.partner.accountKind.${kind}`, { defaultValue: kind })}</span> <span className="prose">{shown}</span>
        {account.changed && (
          <span className={classes.warning}>
            <IconAlertTriangle size={14} stroke={1.75} aria-hidden />
            {t('portal.partner.accountNew')}
          </span>
        )}
      </p>
      <p className={classes.quiet}>
        {t('portal.partner.accountSeen', { count: account.documents, number: number(account.documents), first: dateOf(account.firstAt), last: dateOf(account.lastAt) })}
        {account.confirmedAt && `. ${t('portal.partner.accountConfirmed', { name: account.confirmedBy ?? '', date: dateOf(account.confirmedAt) })}`}
      </p>
      {words && (
        <p role="alert" className={classes.fault}>
          {words.what} {words.advice}
        </p>
      )}
      {account.changed && mayWrite && (
        <Button size="xs" loading={confirm.isPending} onClick={() => confirm.mutate()}>
          {t('portal.partner.accountConfirm')}
        </Button>
      )}
    </li>
  );
}
