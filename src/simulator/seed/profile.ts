/** What a seed's company is like before anything is in its books. */
export interface Profile {
  readonly companyName: string;
  readonly country: 'CA' | 'US';
  readonly homeCurrency: string;
  readonly usesMulticurrency: boolean;
  /** Numbers of forms are given by hand. */
  readonly customTxnNumbers: boolean;
  readonly usingSalesTax: boolean;
}

const US_COMPANY: Profile = {
  companyName: 'New Company',
  country: 'US',
  homeCurrency: 'USD',
  usesMulticurrency: false,
  customTxnNumbers: false,
  usingSalesTax: false,
};

const LAW_FIRM: Profile = { ...US_COMPANY, companyName: 'Marlow & Reyes LLP', customTxnNumbers: true };

export const PROFILES: Readonly<Record<string, Profile>> = {
  canada: {
    ...LAW_FIRM,
    companyName: 'Marlow & Reyes LLP (Toronto)',
    country: 'CA',
    homeCurrency: 'CAD',
    usingSalesTax: true,
  },
  empty: US_COMPANY,
  'law-firm': LAW_FIRM,
  multicurrency: { ...LAW_FIRM, usesMulticurrency: true },
  sandbox: { ...US_COMPANY, companyName: 'Sandbox Company US 1', usingSalesTax: true },
};
