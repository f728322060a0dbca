import type { CSSProperties } from 'react';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { Document } from '@/api/queries';
import { useWords } from '@/texts/useWords';
import { useCopy } from '@/ui/useCopy';
import { answerAdvice, answerWords } from './answerWords';
import classes from './Document.module.css';

// One sentence that can be read to the customer on the phone.
export function AnswerBox({ document }: { document: Document }) {
  const { t } = useWords();
  const [copied, copy] = useCopy();
  const words = answerWords(t, document);
  const advice = answerAdvice(t, document);
  const { colour } = document.answer;
  return (
    <div
      className={classes.answer}
      style={{ '--answer': `var(--st-${colour})`, '--answer-tint': `var(--st-${colour}-tint)` } as CSSProperties}
      data-answer={document.answer.key}
    >
      <p className="prose">
        {words.map((part, index) =>
          part.strong ? <strong key={index}>{part.text}</strong> : <Sentence key={index} text={part.text} />,
        )}
        {advice && <span className={classes.answerAdvice}>{advice}</span>}
      </p>
      <Tooltip label={t(copied ? 'portal.copied' : 'portal.document.copyAnswer')}>
        <ActionIcon
          onClick={() => copy(words.map((part) => part.text).join(''))}
          aria-label={t(copied ? 'portal.copied' : 'portal.document.copyAnswer')}
        >
          {copied ? <IconCheck size={18} stroke={1.75} /> : <IconCopy size={18} stroke={1.75} />}
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

// A date and its time stay on one line.
function Sentence({ text }: { text: string }) {
  return text
    .split(/(\d{4}-\d{2}-\d{2}\D{1,6}\d{2}:\d{2})/)
    .map((part, index) => (index % 2 === 1 ? <span key={index} className={classes.together}>{part}</span> : part));
}
