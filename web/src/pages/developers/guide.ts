// The four things that an integrator does first, as they are typed. A test takes them from the page and runs them
// (e2e/browser/developers.test.mjs): what stands here works, or the test fails.
export const steps = ['send', 'find', 'copy', 'status'] as const;
export type Step = (typeof steps)[number];

export function snippets(origin: string): Record<Step | 'start', string> {
  return {
    start: `URL=${origin}\nKEY=pg_live_…`,
    send: `curl "$URL/api/v1/documents" -H "Authorization: Bearer $KEY" \\
  -H "Content-Type: application/xml" -H "Idempotency-Key: faktura-4711" \\
  --data-binary @faktura.xml`,
    find: `curl "$URL/api/v1/documents?number=4711&limit=1" \\
  -H "Authorization: Bearer $KEY" --output svar.json
ID=$(grep -o '"id":"[^"]*' svar.json | head -1 | cut -d '"' -f 4)`,
    copy: `curl "$URL/api/v1/documents/$ID/copies/email?format=pdf" \\
  -H "Authorization: Bearer $KEY" \\
  --output faktura.pdf`,
    status: `curl "$URL/api/v1/documents/$ID/events" \\
  -H "Authorization: Bearer $KEY" \\
  --output handelser.json`,
  };
}
