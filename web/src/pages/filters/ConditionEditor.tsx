// A condition and those within it: ett krav, alla av, något av, om–så, inte.
import { ActionIcon, Button, Select, Tooltip } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { Condition, Vocabulary } from '@/api/filters';
import { useWords } from '@/texts/useWords';
import { asKind, deepest, kindOf, partsOf, withPart, type Kind } from './conditions';
import { TestEditor } from './TestEditor';
import classes from './Filters.module.css';

interface ConditionEditorProps {
  condition: Condition;
  vocabulary: Vocabulary;
  depth?: number;
  label?: string;
  onChange: (condition: Condition) => void;
  onRemove?: () => void;
}

export function ConditionEditor({ condition, vocabulary, depth = 1, label, onChange, onRemove }: ConditionEditorProps) {
  const { t } = useWords();
  const kind = kindOf(condition);
  const parts = partsOf(condition);
  const name = label ?? t('portal.filters.shape');
  return (
    <div className={classes.condition} data-depth={depth}>
      <div className={classes.conditionHead}>
        {label && <span className={classes.conditionLabel}>{label}</span>}
        {(depth < deepest || kind !== 'test') && (
          <Select
            size="xs"
            aria-label={t('portal.filters.shapeOf', { name })}
            className={classes.kind}
            allowDeselect={false}
            data={(['test', 'all', 'any', 'if', 'not'] as const).map((value) => ({ value, label: t(`portal.filters.kind.${value}`) }))}
            value={kind}
            onChange={(next) => next && onChange(asKind(condition, next as Kind))}
          />
        )}
        {onRemove && (
          <Tooltip label={t('portal.filters.removePart')}>
            <ActionIcon onClick={onRemove} aria-label={t('portal.filters.removePart')}>
              <IconTrash size={16} stroke={1.75} />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      {kind === 'test' ? (
        <TestEditor condition={condition} vocabulary={vocabulary} onChange={onChange} />
      ) : (
        <div className={classes.parts}>
          {parts.map((part, index) => (
            <ConditionEditor
              key={index}
              condition={part}
              vocabulary={vocabulary}
              depth={depth + 1}
              label={partLabel(kind, index, t)}
              onChange={(next) => onChange(withPart(condition, index, next))}
              {...(kind === 'all' || kind === 'any' ? { onRemove: () => onChange(withPart(condition, index, undefined)) } : {})}
            />
          ))}
          {(kind === 'all' || kind === 'any') && (
            <Button
              variant="subtle"
              className={classes.addPart}
              leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />}
              onClick={() => onChange({ [kind]: [...parts, {}] })}
            >
              {t(`portal.filters.add.${kind}`)}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function partLabel(kind: Kind, index: number, t: ReturnType<typeof useWords>['t']): string {
  if (kind === 'if') return t(index === 0 ? 'portal.filters.join.if' : 'portal.filters.join.then');
  if (kind === 'not') return t('portal.filters.join.not');
  return index === 0 ? t('portal.filters.join.first') : t(`portal.filters.join.${kind}`);
}
