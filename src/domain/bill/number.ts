/** Longest number QuickBooks takes (its documents: DocNumber, 21 characters). */
export const NUMBER_LENGTH = 21;
