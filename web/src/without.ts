// A copy without some of its fields.
export function without<T extends object, K extends string>(from: T, ...names: K[]): Omit<T, K> {
  return Object.fromEntries(Object.entries(from).filter(([name]) => !(names as string[]).includes(name))) as Omit<T, K>;
}
