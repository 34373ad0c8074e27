import { formatDate } from '../clock.js';
import { currencyRef } from '../entity/currency.js';
import type { Fields } from '../fields.js';
import type { Profile } from './profile.js';

/** Preferences of a company on Plus with nothing special switched on. */
export function preferences(profile: Profile): Fields {
  return {
    AccountingInfoPrefs: {
      FirstMonthOfFiscalYear: 'January',
      UseAccountNumbers: false,
      TaxYearMonth: 'January',
      ClassTrackingPerTxn: false,
      TrackDepartments: false,
      TaxForm: '6',
      CustomerTerminology: 'Clients',
      ClassTrackingPerTxnLine: false,
    },
    ProductAndServicesPrefs: {
      ForSales: true,
      ForPurchase: true,
      QuantityWithPriceAndRate: true,
      QuantityOnHand: false,
    },
    SalesFormsPrefs: {
      CustomTxnNumbers: profile.customTxnNumbers,
      AllowDeposit: false,
      AllowDiscount: true,
      AllowEstimates: true,
      EmailCopyToCompany: false,
      ETransactionEnabledStatus: 'NotApplicable',
      ETransactionAttachPDF: false,
      ETransactionPaymentEnabled: false,
      IPNSupportEnabled: false,
      AllowServiceDate: false,
      AllowShipping: false,
      AutoApplyCredit: false,
      AutoApplyPayments: false,
      UsingPriceLevels: false,
    },
    EmailMessagesPrefs: {
      InvoiceMessage: message('Invoice'),
      EstimateMessage: message('Estimate'),
      SalesReceiptMessage: message('Sales Receipt'),
      StatementMessage: message('Statement'),
    },
    VendorAndPurchasesPrefs: { TrackingByCustomer: true, BillableExpenseTracking: true },
    TimeTrackingPrefs: {
      WorkWeekStartDate: 'Monday',
      UseServices: true,
      BillCustomers: true,
      ShowBillRateToAll: false,
    },
    TaxPrefs: { UsingSalesTax: profile.usingSalesTax, PartnerTaxEnabled: false },
    CurrencyPrefs: {
      MultiCurrencyEnabled: profile.usesMulticurrency,
      HomeCurrency: currencyRef(profile.homeCurrency),
    },
    ReportPrefs: { ReportBasis: 'Accrual', CalcAgingReportFromTxnDate: false },
    OtherPrefs: {
      NameValue: [
        { Name: 'SalesFormsPrefs.DefaultItem', Value: '1' },
        { Name: 'WarnDuplicateCheckNumber', Value: 'true' },
        { Name: 'WarnDuplicateBillNumber', Value: 'false' },
      ],
    },
  };
}

function message(form: string): Fields {
  return {
    Subject: `${form} from your law firm`,
    Message: `Please find your ${form.toLowerCase()} attached.`,
  };
}

const ADDRESSES: Readonly<Record<Profile['country'], Fields>> = {
  CA: {
    Line1: '1 Court Street',
    City: 'Toronto',
    CountrySubDivisionCode: 'ON',
    PostalCode: 'M5H 1B6',
    Country: 'CAN',
  },
  US: {
    Line1: '1 Courthouse Square',
    City: 'Monterey',
    CountrySubDivisionCode: 'CA',
    PostalCode: '93940',
    Country: 'USA',
  },
};

export function companyInfo({ companyName: name, country }: Profile, nowMs: number): Fields {
  const address = { Id: '1', ...ADDRESSES[country] };
  return {
    CompanyName: name,
    LegalName: name,
    CompanyAddr: address,
    LegalAddr: { ...address, Id: '2' },
    CustomerCommunicationAddr: { ...address, Id: '3' },
    CompanyStartDate: formatDate(nowMs),
    FiscalYearStartMonth: 'January',
    Country: country,
    Email: { Address: 'office@example.com' },
    WebAddr: {},
    PrimaryPhone: { FreeFormNumber: '(831) 555-0100' },
    SupportedLanguages: 'en',
    NameValue: [
      { Name: 'NeoEnabled', Value: 'true' },
      { Name: 'OfferingSku', Value: 'QuickBooks Online Plus' },
      { Name: 'SubscriptionStatus', Value: 'PAID' },
      { Name: 'DefaultTimeZone', Value: 'America/Los_Angeles' },
    ],
  };
}
