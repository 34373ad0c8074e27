export function importBreach(
  root: string,
  file: string,
  specifier: string,
  isTypeOnly: boolean,
): string | undefined;
