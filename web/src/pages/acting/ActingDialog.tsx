// Operator staff who choose a customer say why; the customer sees it.
import { useState } from 'react';
import { Button, Modal, TextInput } from '@mantine/core';
import { asProblem, problemWords } from '@/api/problem';
import { useWords } from '@/texts/useWords';
import classes from './Acting.module.css';

interface ActingDialogProps {
  company: string;
  error: unknown;
  busy: boolean;
  onGo: (reason: string) => void;
  onClose: () => void;
}

export default function ActingDialog({ company, error, busy, onGo, onClose }: ActingDialogProps) {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  const fault = error ? problemWords(t, asProblem(error)) : undefined;
  return (
    <Modal opened onClose={onClose} title={t('portal.acting.title')} closeButtonProps={{ 'aria-label': t('portal.close') }}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() && !busy) onGo(reason.trim());
        }}
      >
        <p>{t('portal.acting.why', { company })}</p>
        <TextInput size="sm" label={t('portal.acting.reason')} placeholder={t('portal.acting.reasonHint')} required withAsterisk={false} data-autofocus maxLength={200} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        {fault && (
          <p role="alert" className={classes.fault}>
            {fault.what} {fault.advice}
          </p>
        )}
        <div className={classes.buttons}>
          <Button type="submit" variant="filled" size="sm" loading={busy} disabled={!reason.trim()}>
            {t('portal.acting.go')}
          </Button>
          <Button size="sm" onClick={onClose}>
            {t('portal.acting.cancel')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
