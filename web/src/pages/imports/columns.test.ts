import { expect, test } from 'vitest';
import { columnsText, withColumn } from './columns';

test('columns are said in the order of the fields, and those that are not chosen not at all', () => {
  expect(columnsText('users', { role: 0, email: 2 })).toBe('email:2,role:0');
  expect(columnsText('companies', {})).toBe('');
});

test('a column that is chosen for one field is taken from another', () => {
  expect(withColumn({ name: 1, email: 2 }, 'email', 1)).toEqual({ email: 1 });
  expect(withColumn({ name: 1, email: 2 }, 'email', null)).toEqual({ name: 1 });
});
