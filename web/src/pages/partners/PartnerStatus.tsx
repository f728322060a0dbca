// Where a partner stands: word, colour and icon.
import { IconCircleCheck, IconClock, IconFileText, IconHandStop, IconMoon, IconPlugConnectedX, IconSparkles } from '@tabler/icons-react';
import { useWords } from '@/texts/useWords';
import type { StatusLook } from '@/ui/icons';
import { StatusBadge } from '@/ui/Status';

const looks: Record<string, StatusLook> = {
  active: { Icon: IconCircleCheck, colour: 'green', tinted: false },
  new: { Icon: IconSparkles, colour: 'blue', tinted: false },
  'long-silent': { Icon: IconMoon, colour: 'gray', tinted: false },
  'no-documents': { Icon: IconFileText, colour: 'gray', tinted: false },
  stopped: { Icon: IconHandStop, colour: 'red', tinted: true },
  'not-reachable': { Icon: IconPlugConnectedX, colour: 'amber', tinted: true },
};

export function PartnerStatus({ status, size = 'md' }: { status: string; size?: 'md' | 'lg' }) {
  const { t } = useWords();
  const look = looks[status] ?? { Icon: IconClock, colour: 'gray' as const, tinted: false };
  return <StatusBadge look={look} word={t(`portal.partners.status.${status}`, { defaultValue: status })} tinted={look.tinted} size={size} />;
}
