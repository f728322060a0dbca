import { useWords } from '@/texts/useWords';
import { tokens } from '@/theme/tokens';
import { channelLook } from './icons';
import classes from './Channel.module.css';

// The channel's icon in its colour and its plain word. No channel yet: says so.
export function Channel({ channel }: { channel: string | null }) {
  const { t } = useWords();
  if (!channel) return <span className={classes.none}>{t('portal.channelNone')}</span>;
  const { Icon, colour } = channelLook(channel);
  return (
    <span className={classes.channel}>
      <Icon size={tokens.icon.size.default} stroke={tokens.icon.stroke} color={colour} aria-hidden />
      {t(`channel.${channel}`, { defaultValue: channel })}
    </span>
  );
}
