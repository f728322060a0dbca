// A user's roles, one a company, among the companies that one may act for.
import { ActionIcon, Button, Select } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { roles, type Membership, type Role } from '@/api/people';
import type { Session } from '@/api/queries';
import { useWords } from '@/texts/useWords';
import classes from './Users.module.css';

interface RolesEditorProps {
  session: Session;
  memberships: Membership[];
  disabled?: boolean;
  onChange: (memberships: Membership[]) => void;
}

export function RolesEditor({ session, memberships, disabled = false, onChange }: RolesEditorProps) {
  const { t } = useWords();
  const named = (id: string) => session.companies.find((company) => company.id === id)?.name ?? id;
  const free = session.companies.filter((company) => !memberships.some((membership) => membership.companyId === company.id));
  const replace = (at: number, next: Membership) => onChange(memberships.map((membership, index) => (index === at ? next : membership)));
  return (
    <div className={classes.editor}>
      {memberships.map((membership, at) => (
        <div key={membership.companyId} className={classes.pair}>
          <Select
            size="sm"
            label={t('portal.users.company')}
            data={[membership.companyId, ...free.map((company) => company.id)].map((value) => ({ value, label: named(value) }))}
            value={membership.companyId}
            disabled={disabled}
            allowDeselect={false}
            searchable
            onChange={(companyId) => companyId && replace(at, { ...membership, companyId })}
          />
          <Select
            size="sm"
            label={t('portal.users.role')}
            aria-label={t('portal.users.roleIn', { company: named(membership.companyId) })}
            description={t(`portal.users.rolesWhy.${membership.role}`)}
            inputWrapperOrder={['label', 'input', 'description']}
            data={roles.map((role) => ({ value: role, label: t(`portal.users.roles.${role}`) }))}
            value={membership.role}
            disabled={disabled}
            allowDeselect={false}
            onChange={(role) => role && replace(at, { ...membership, role: role as Role })}
          />
          <ActionIcon className={classes.remove} disabled={disabled} onClick={() => onChange(memberships.filter((_, index) => index !== at))} aria-label={t('portal.users.removeRole', { company: named(membership.companyId) })}>
            <IconX size={16} stroke={1.75} />
          </ActionIcon>
        </div>
      ))}
      {free.length > 0 && !disabled && (
        <Button
          variant="subtle"
          leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />}
          onClick={() => free[0] && onChange([...memberships, { companyId: free[0].id, role: 'clerk' }])}
        >
          {t('portal.users.add')}
        </Button>
      )}
    </div>
  );
}
