// Who it is and how it is reached, as it is written down: in the form that leads come by, and where they are corrected.
import { useState } from 'react';
import { useFaults } from '@/ui/useFaults';
import { useWords } from '@/texts/useWords';

type Reached = Record<'name' | 'phone' | 'email', string>;

export function useContact<Field extends string, Other extends string = never>(fields: readonly Field[], before: Record<Field, string> & Reached) {
  const { t } = useWords();
  const [written, setWritten] = useState(before);
  const faults = useFaults<Field | keyof Reached, Other>(fields);
  const given = (field: Field) => ({
    name: field,
    value: written[field],
    error: faults.faults[field],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setWritten((now) => ({ ...now, [field]: value }));
      faults.forget(field);
    },
  });
  // A name, and a number or an address.
  const missing = (nameMissing: string) => ({
    ...(written.name.trim() ? {} : { name: nameMissing }),
    ...(written.phone.trim() || written.email.trim() ? {} : { phone: t('portal.welcome.contactMissing') }),
  });
  return { ...faults, written, setWritten, given, missing };
}
