// The three addresses of a company, each changed where it stands.
import { useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { companyQuery, patchCompany, type CompanyDetail, type PostalAddress } from '@/api/companies';
import { asProblem, problemWords } from '@/api/problem';
import { useWords } from '@/texts/useWords';
import classes from './Company.module.css';

const kinds = ['visiting', 'postal', 'billing'] as const;
type Kind = (typeof kinds)[number];

export function Addresses({ company }: { company: CompanyDetail }) {
  const { t } = useWords();
  const [open, setOpen] = useState<Kind>();
  return (
    <section className={classes.section} aria-labelledby="company-addresses">
      <h2 id="company-addresses">{t('portal.company.addresses')}</h2>
      <ul className={classes.rows}>
        {kinds.map((kind) => {
          const address = company.addresses[kind];
          const what = t(`portal.company.address.${kind}`);
          return (
            <li key={kind}>
              <div className={classes.row}>
                <p className={classes.grow}>
                  <span className={classes.quiet}>{what}</span>
                  <br />
                  {address ? `${address.street.replace(/\n/g, ', ')}, ${address.postalCode} ${address.city}, ${address.country}` : t('portal.company.noAddress')}
                </p>
                {company.mayChange && open !== kind && (
                  <Button size="xs" variant="subtle" aria-label={t(address ? 'portal.company.editAddress' : 'portal.company.addAddress', { what })} onClick={() => setOpen(kind)}>
                    {t(address ? 'portal.company.edit' : 'portal.company.add')}
                  </Button>
                )}
              </div>
              {open === kind && <AddressForm company={company} kind={kind} saved={address} onDone={() => setOpen(undefined)} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const empty: PostalAddress = { street: '', postalCode: '', city: '', country: 'SE' };

function AddressForm({ company, kind, saved, onDone }: { company: CompanyDetail; kind: Kind; saved: PostalAddress | null; onDone: () => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [address, setAddress] = useState(saved ?? empty);
  const set = (field: keyof PostalAddress) => (value: string) => setAddress({ ...address, [field]: value });
  const save = useMutation({
    mutationFn: (next: PostalAddress | null) => patchCompany(company.id, { addresses: { [kind]: next } }),
    onSuccess: (answer) => {
      client.setQueryData(companyQuery(company.id).queryKey, answer);
      onDone();
    },
  });
  const fault = save.error ? problemWords(t, asProblem(save.error)) : undefined;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ street: address.street.trim(), postalCode: address.postalCode.trim(), city: address.city.trim(), country: address.country.trim().toUpperCase() });
      }}
    >
      <TextInput size="sm" required maxLength={200} label={t('portal.company.street')} value={address.street} onChange={(event) => set('street')(event.currentTarget.value)} />
      <div className={classes.pair}>
        <TextInput size="sm" required maxLength={100} label={t('portal.company.postalCode')} value={address.postalCode} onChange={(event) => set('postalCode')(event.currentTarget.value)} />
        <TextInput size="sm" required maxLength={100} label={t('portal.company.city')} value={address.city} onChange={(event) => set('city')(event.currentTarget.value)} />
      </div>
      <TextInput size="sm" required maxLength={2} className={classes.country ?? ''} label={t('portal.company.country')} description={t('portal.company.countryWhy')} value={address.country} onChange={(event) => set('country')(event.currentTarget.value)} />
      {fault && (
        <p role="alert" className={classes.fault}>
          {fault.what} {fault.advice}
        </p>
      )}
      <div className={classes.buttons}>
        <Button type="submit" size="sm" variant="filled" loading={save.isPending}>
          {t('portal.company.save')}
        </Button>
        {saved && (
          <Button size="sm" disabled={save.isPending} onClick={() => save.mutate(null)}>
            {t('portal.company.remove')}
          </Button>
        )}
        <Button size="sm" variant="subtle" onClick={onDone}>
          {t('portal.company.cancel')}
        </Button>
      </div>
    </form>
  );
}
