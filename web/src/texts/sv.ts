export { channel, event, finding, portal, problem, status } from '@texts/sv.json';
