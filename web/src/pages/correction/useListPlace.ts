// Where a list, or a calendar, opens within the panel. One that opens outside it takes the panel back to its top on a phone, so
// that the field is out of sight.
import { useMediaQuery } from '@mantine/hooks';

export function useListPlace(): { withinPortal: boolean } {
  return { withinPortal: !useMediaQuery('(max-width: 47.99em)', undefined, { getInitialValueInEffect: false }) };
}
