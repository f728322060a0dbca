// What of the trail is shown, and the same as a file.
import { useEffect, useRef, useState } from 'react';
import { Button, Menu, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch, IconTableExport, IconX } from '@tabler/icons-react';
import { auditExportHref, type AuditEntry, type AuditFilter } from '@/api/audit';
import { useWords } from '@/texts/useWords';
import type { AuditSearch } from './auditSearch';
import { actionGroups } from './auditWords';
import classes from './Audit.module.css';

interface AuditFiltersProps {
  filter: AuditSearch;
  entries: readonly AuditEntry[];
  companies: readonly { id: string; name: string }[];
  onChange: (filter: AuditSearch) => void;
}

// Without what is empty, so that the address says no more than was chosen.
const cleaned = (filter: AuditFilter): AuditSearch => Object.fromEntries(Object.entries(filter).filter(([, value]) => Boolean(value)));

export function AuditFilters({ filter, entries, companies, onChange }: AuditFiltersProps) {
  const { t, language } = useWords();
  const set = (change: AuditFilter) => onChange(cleaned({ ...filter, ...change }));
  const person = filter.person && (entries.find(({ actor }) => actor.id === filter.person)?.actor.name ?? filter.person);
  const object = filter.objectId && (entries.find(({ objectId }) => objectId === filter.objectId)?.objectName ?? filter.objectId);
  return (
    <div className={classes.filters}>
      <SearchText value={filter.text ?? ''} onChange={(text) => set({ text })} />
      <Select
        size="xs"
        className={classes.select}
        label={t('portal.audit.action')}
        placeholder={t('portal.audit.actionAll')}
        data={actionGroups(t)}
        value={filter.action ?? null}
        onChange={(action) => set({ action: action ?? undefined })}
        searchable
        clearable
      />
      <TextInput size="xs" type="date" label={t('portal.audit.from')} value={filter.from ?? ''} max={filter.to} onChange={(event) => set({ from: event.currentTarget.value })} />
      <TextInput size="xs" type="date" label={t('portal.audit.to')} value={filter.to ?? ''} min={filter.from} onChange={(event) => set({ to: event.currentTarget.value })} />
      {companies.length > 1 && (
        <Select
          size="xs"
          className={classes.select}
          label={t('portal.audit.company')}
          placeholder={t('portal.audit.companyAll')}
          data={companies.map(({ id, name }) => ({ value: id, label: name }))}
          value={filter.company ?? null}
          onChange={(company) => set({ company: company ?? undefined })}
          searchable
          clearable
        />
      )}
      {person && <Only name={person} onClear={() => set({ person: undefined })} />}
      {object && <Only name={object} onClear={() => set({ objectId: undefined })} />}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button size="xs" leftSection={<IconTableExport size={16} stroke={1.75} aria-hidden />}>
            {t('portal.audit.export')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component="a" href={auditExportHref(filter, 'csv', language)} download="">
            {t('portal.audit.exportCsv')}
          </Menu.Item>
          <Menu.Item component="a" href={auditExportHref(filter, 'jsonl', language)} download="">
            {t('portal.audit.exportJsonl')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

// What was chosen by a click elsewhere, and the way back.
function Only({ name, onClear }: { name: string; onClear: () => void }) {
  const { t } = useWords();
  const only = t('portal.audit.only', { name });
  return (
    <Button size="xs" rightSection={<IconX size={14} aria-hidden />} onClick={onClear} aria-label={`${only}. ${t('portal.audit.clear')}`}>
      {only}
    </Button>
  );
}

function SearchText({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const { t } = useWords();
  const [typed, setTyped] = useState(value);
  const asked = useRef(value);
  const ask = useDebouncedCallback((wanted: string) => {
    asked.current = wanted;
    onChange(wanted);
  }, 160);
  useEffect(() => {
    if (value === asked.current) return;
    asked.current = value;
    setTyped(value);
  }, [value]);
  return (
    <TextInput
      className={classes.search}
      type="search"
      size="xs"
      label={t('portal.audit.text')}
      leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
      maxLength={200}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        ask(event.currentTarget.value.trim());
      }}
    />
  );
}
