/** A message could not be delivered; the sentence is shown to operators and holds no secret. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
  constructor(
    message: string,
    /** The receiver wants no messages any more: trying again helps nobody. */
    readonly isFinal = false,
  ) {
    super(message);
  }
}

/** How long a receiver may take: far less than the lease of a message. */
export const DELIVERY_TIMEOUT_MS = 10_000;
