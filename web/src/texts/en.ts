export { channel, event, finding, portal, problem, status } from '@texts/en.json';
