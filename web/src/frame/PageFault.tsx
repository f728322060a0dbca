import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { IconMapQuestion } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { ErrorNotice, Notice } from '@/ui/Notice';
import { useWords } from '@/texts/useWords';

export function PageFault({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <ErrorNotice
      error={error}
      onRetry={() => {
        reset();
        void router.invalidate();
      }}
    />
  );
}

export function PageMissing() {
  const { t } = useWords();
  return (
    <Notice page icon={IconMapQuestion} title={t('portal.pageMissing')} action={<Link to="/">{t('portal.pageMissingHome')}</Link>} />
  );
}
