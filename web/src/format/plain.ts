// The standard's codes belong beside a sentence, small, never in it: "Köparens land (BT-55) ska vara SE" is read aloud to a
// colleague without the bracket.
export const plainWords = (sentence: string): string => sentence.replace(/[\s\u00a0]*\(B[TG]-\d+\)/g, '');
