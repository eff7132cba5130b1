/** A page's size as it was written; what is no number goes as it is, for the service to say so. */
export function limitOf(text: string): number | string {
  const number = Number(text);
  return Number.isNaN(number) ? text : number;
}
