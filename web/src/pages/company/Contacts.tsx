// Whom to ask at a company.
import { useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { companyQuery, patchCompany, type CompanyContact, type CompanyDetail } from '@/api/companies';
import { asProblem, problemWords } from '@/api/problem';
import { useWords } from '@/texts/useWords';
import classes from './Company.module.css';

const contacts_max = 20;

export function Contacts({ company }: { company: CompanyDetail }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [open, setOpen] = useState<number>(); // contacts.length: a new one
  const save = useMutation({
    mutationFn: (contacts: CompanyContact[]) => patchCompany(company.id, { contacts }),
    onSuccess: (answer) => {
      client.setQueryData(companyQuery(company.id).queryKey, answer);
      setOpen(undefined);
    },
  });
  const { contacts } = company;
  const fault = save.error ? problemWords(t, asProblem(save.error)) : undefined;
  const form = (index: number, contact: CompanyContact) => (
    <ContactForm
      saved={contact}
      pending={save.isPending}
      fault={fault && `${fault.what} ${fault.advice}`}
      onCancel={() => {
        save.reset();
        setOpen(undefined);
      }}
      onSave={(next) => save.mutate([...contacts.slice(0, index), next, ...contacts.slice(index + 1)])}
      onRemove={index < contacts.length ? () => save.mutate(contacts.filter((_, place) => place !== index)) : undefined}
    />
  );
  return (
    <section className={classes.section} aria-labelledby="company-contacts">
      <h2 id="company-contacts">{t('portal.company.contacts')}</h2>
      {contacts.length === 0 && (
        <p className={classes.quiet}>
          {t('portal.company.noContacts')}. {t('portal.company.noContactsWhy')}
        </p>
      )}
      <ul className={classes.rows}>
        {contacts.map((contact, index) => (
          <li key={`${index} ${contact.name}`}>
            <div className={classes.row}>
              <p className={classes.grow}>
                <b>{contact.name}</b> {contact.role && <span className={classes.quiet}>{contact.role}</span>}
                <br />
                {[contact.email, contact.phone].filter(Boolean).join(' · ')}
              </p>
              {company.mayChange && open !== index && (
                <Button size="xs" variant="subtle" aria-label={t('portal.company.editOf', { name: contact.name })} onClick={() => setOpen(index)}>
                  {t('portal.company.edit')}
                </Button>
              )}
            </div>
            {open === index && form(index, contact)}
          </li>
        ))}
      </ul>
      {open === contacts.length && form(contacts.length, { name: '' })}
      {company.mayChange && open === undefined && contacts.length < contacts_max && (
        <Button size="sm" className={classes.start ?? ''} onClick={() => setOpen(contacts.length)}>
          {t('portal.company.newContact')}
        </Button>
      )}
    </section>
  );
}

interface ContactFormProps {
  saved: CompanyContact;
  pending: boolean;
  fault: string | undefined;
  onSave: (contact: CompanyContact) => void;
  onRemove: (() => void) | undefined;
  onCancel: () => void;
}

function ContactForm({ saved, pending, fault, onSave, onRemove, onCancel }: ContactFormProps) {
  const { t } = useWords();
  const [name, setName] = useState(saved.name);
  const [role, setRole] = useState(saved.role ?? '');
  const [email, setEmail] = useState(saved.email ?? '');
  const [phone, setPhone] = useState(saved.phone ?? '');
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        onSave({ name: name.trim(), role: role.trim() || null, email: email.trim() || null, phone: phone.trim() || null });
      }}
    >
      <div className={classes.pair}>
        <TextInput size="sm" required maxLength={100} label={t('portal.company.contactName')} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <TextInput size="sm" maxLength={100} label={t('portal.company.role')} value={role} onChange={(event) => setRole(event.currentTarget.value)} />
        <TextInput size="sm" type="email" maxLength={254} label={t('portal.company.email')} value={email} onChange={(event) => setEmail(event.currentTarget.value)} />
        <TextInput size="sm" type="tel" maxLength={40} label={t('portal.company.phone')} value={phone} onChange={(event) => setPhone(event.currentTarget.value)} />
      </div>
      {fault && (
        <p role="alert" className={classes.fault}>
          {fault}
        </p>
      )}
      <div className={classes.buttons}>
        <Button type="submit" size="sm" variant="filled" loading={pending} disabled={name.trim() === ''}>
          {t('portal.company.save')}
        </Button>
        {onRemove && (
          <Button size="sm" disabled={pending} onClick={onRemove}>
            {t('portal.company.remove')}
          </Button>
        )}
        <Button size="sm" variant="subtle" onClick={onCancel}>
          {t('portal.company.cancel')}
        </Button>
      </div>
    </form>
  );
}
