import { Badge } from '@mantine/core';
import { useWords } from '@/texts/useWords';
import { deliveryLook, documentLook, type StatusLook } from './icons';
import { tokens } from '@/theme/tokens';
import classes from './Status.module.css';

// Word, icon and colour. A tint means that somebody must act; in a document's header the status is always tinted.
export function StatusBadge({ look, word, tinted, size }: { look: StatusLook; word: string; tinted: boolean; size: 'md' | 'lg' }) {
  return (
    <Badge
      size={size}
      variant="transparent"
      className={classes.status}
      data-tinted={tinted || undefined}
      style={{ '--status': `var(--st-${look.colour})`, '--tint': `var(--st-${look.colour}-tint)` }}
      leftSection={<look.Icon size={tokens.icon.size.status} stroke={tokens.icon.stroke} aria-hidden />}
    >
      {word}
    </Badge>
  );
}

interface StatusProps {
  status: string;
  tinted?: boolean;
  size?: 'md' | 'lg';
}

export function DocumentStatusBadge({ status, tinted, size = 'md' }: StatusProps) {
  const { t } = useWords();
  const look = documentLook(status);
  return <StatusBadge look={look} word={t(`status.document.${status}`)} tinted={tinted ?? look.tinted} size={size} />;
}

export function DeliveryStatusBadge({ status, tinted, size = 'md' }: StatusProps) {
  const { t } = useWords();
  const look = deliveryLook(status);
  return <StatusBadge look={look} word={t(`status.delivery.${status}`)} tinted={tinted ?? look.tinted} size={size} />;
}
