/** An error that is the caller's to mend, with the status that says so. */
export const refusal = (statusCode: number, message: string): Error =>
  Object.assign(new Error(message), { statusCode });
