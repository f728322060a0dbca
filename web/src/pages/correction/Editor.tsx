// The correction itself, the same in the portal and behind a notice's link: the demand, the place, the fields, the
// difference and what happens when it is sent.
import { useEffect, type ReactNode } from 'react';
import { Collapse, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronRight, IconForms, IconLoader2 } from '@tabler/icons-react';
import { problemWords } from '@/api/problem';
import type { Correction, CorrectionField } from '@/api/stops';
import { plainWords } from '@/format/plain';
import { useWords } from '@/texts/useWords';
import { Attachments } from './Attachments';
import { BeforeItGoes } from './BeforeItGoes';
import { CutOutOf, Demand } from './Demand';
import { DifferenceTable } from './DifferenceTable';
import { fieldKey, shownFields, withValue, yetToFill } from './draft';
import { FieldInput } from './FieldInput';
import { FieldPicker } from './FieldPicker';
import { picturesOf } from './findingWords';
import { isTyped, judgementOf, suggestedFor, waitsFor, type CorrectionState } from './useCorrection';
import { without } from '@/without';
import classes from './Correction.module.css';

interface EditorProps {
  correction: Correction;
  state: CorrectionState;
  when?: ReactNode; // when it was stopped, and by when it is to be put right
  documents: number; // how many the correction is for
  between?: ReactNode; // what stands under the fields
  further?: boolean; // other fields than the faulty ones may be chosen
  readOnly?: boolean; // the demand and the place alone
}

export function Editor({ correction, state, when, documents, between, further = true, readOnly = false }: EditorProps) {
  const { t, language } = useWords();
  const { draft, setDraft, preview, refused, judged } = state;
  const fields = shownFields(correction, draft);
  const first = fields.find((field) => field.correctable);
  const pictures = picturesOf([...correction.findings].sort((a, b) => a.severity.localeCompare(b.severity)));
  const said = (problem: NonNullable<typeof refused>) => plainWords(problemWords(t, problem.problem).what);
  const missing = useNeeded(correction, state);
  const besideField = refused && fields.some((field) => field.term === refused.problem.parameters?.term);
  const inGroup = (field: CorrectionField) => fields.filter((other) => other.correctable && other.place === field.place && other.group.en === field.group.en).length > 1;
  const waiting = yetToFill(correction, draft);
  // A file that is asked for stands where the faulty field would.
  const wantsFile = correction.findings.some((one) => one.id === 'demand-attachment');
  const attachments = !readOnly && (
    <Folded title={t('portal.correction.attachments', { count: correction.attachments.length + draft.attachments.length - draft.removed.length })} open={wantsFile}>
      <Attachments correction={correction} draft={draft} onChange={setDraft} />
    </Folded>
  );
  return (
    <>
      {pictures.map(({ findings, cutOut }, index) => (
        <div key={`${findings[0]?.id}${index}`} className={classes.finding}>
          <Demand findings={findings} when={index === 0 ? when : undefined} />
          {cutOut && <CutOutOf cutOut={cutOut} />}
        </div>
      ))}
      {pictures.length === 0 && !readOnly && <p className={classes.lead}>{t('portal.correction.noFinding')}</p>}
      {fields.map((field) => (
        <FieldInput
          key={fieldKey(field)}
          field={field}
          typed={draft.values[fieldKey(field)]}
          judgement={isTyped(draft, field) ? judgementOf(field, preview, refused, language, said) : undefined}
          found={isTyped(draft, field) ? suggestedFor(field, preview) : []}
          autoFocus={field === first}
          patient={inGroup(field)}
          onType={(value) => setDraft((now) => withValue(now, field, value))}
          {...(field.open
            ? {}
            : {
                onLeave: () =>
                  setDraft((now) => ({
                    ...now,
                    values: without(now.values, fieldKey(field)),
                    chosen: now.chosen.filter((key) => key !== fieldKey(field)),
                  })),
              })}
        />
      ))}
      {wantsFile && attachments}
      {refused && missing && (
        <p className={classes.waits} role="status">
          <IconForms size={16} stroke={1.75} aria-hidden />
          {t('portal.correction.needsToo', { field: missing.title[language] })}
        </p>
      )}
      {between}
      {further && (
        <div className={classes.further}>
          <FieldPicker
            correction={correction}
            shown={fields.map(fieldKey)}
            onChoose={(key) => setDraft((now) => ({ ...now, chosen: [...now.chosen, key] }))}
          />
        </div>
      )}
      {!wantsFile && attachments}
      {refused && !missing && !besideField && (
        <p className={classes.refused} role="alert">
          {said(refused)} {plainWords(problemWords(t, refused.problem).advice)}
        </p>
      )}
      {preview && (
        <>
          <h2 className={classes.heading}>{t('portal.correction.difference')}</h2>
          <DifferenceTable difference={preview.difference} unchanged={preview.unchanged} />
          <h2 className={classes.heading}>{t('portal.correction.beforeItGoes')}</h2>
          <BeforeItGoes
            preview={preview}
            documents={documents}
            busy={!judged && !refused}
            waiting={waiting}
            onRoad={documents === 1 ? (channel) => setDraft((now) => ({ ...now, channel })) : undefined}
          />
        </>
      )}
      {state.touched && !preview && !refused && (
        <p className={classes.lead} role="status">
          <IconLoader2 size={16} stroke={1.75} aria-hidden /> {t('portal.correction.judging')}
        </p>
      )}
    </>
  );
}

// The field that another one cannot stand without, taken into the form: an address needs its country.
function useNeeded(correction: Correction, { refused, setDraft }: CorrectionState): CorrectionField | undefined {
  const term = waitsFor(refused);
  const place = refused?.problem.parameters?.place;
  const field = correction.fields.find((one) => one.term === term && (place === undefined || one.place === place));
  const key = field && !field.open && field.correctable ? fieldKey(field) : undefined;
  useEffect(() => {
    if (key) setDraft((now) => (now.chosen.includes(key) ? now : { ...now, chosen: [...now.chosen, key] }));
  }, [key, setDraft]);
  return field;
}

export function Folded({ title, open = false, children }: { title: string; open?: boolean; children: ReactNode }) {
  const [opened, { toggle }] = useDisclosure(open);
  return (
    <div className={classes.folded}>
      <UnstyledButton onClick={toggle} aria-expanded={opened} className={classes.foldedHead}>
        <IconChevronRight size={16} stroke={1.75} aria-hidden />
        {title}
      </UnstyledButton>
      <Collapse expanded={opened}>{opened && children}</Collapse>
    </div>
  );
}
