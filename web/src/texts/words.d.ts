// What web/scripts/words.ts makes of texts/*.json.
declare module 'words:*' {
  export const audit: object, bounce: object, channel: object, event: object, finding: object, portal: object, postal: object, problem: object, status: object;
}
