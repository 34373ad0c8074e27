import { formatDate } from '../clock.js';
import { currencyRef } from '../entity/currency.js';
import type { Fields } from '../fields.js';

export interface PreferenceChoice {
  readonly customTxnNumbers: boolean;
  readonly usingSalesTax: boolean;
}

/** Preferences of a US company on Plus with nothing special switched on. */
export function preferences(choice: PreferenceChoice): Fields {
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
      CustomTxnNumbers: choice.customTxnNumbers,
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
    TaxPrefs: { UsingSalesTax: choice.usingSalesTax, PartnerTaxEnabled: false },
    CurrencyPrefs: { MultiCurrencyEnabled: false, HomeCurrency: currencyRef('USD') },
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

export function companyInfo(name: string, nowMs: number): Fields {
  const address = {
    Id: '1',
    Line1: '1 Courthouse Square',
    City: 'Monterey',
    CountrySubDivisionCode: 'CA',
    PostalCode: '93940',
    Country: 'USA',
  };
  return {
    CompanyName: name,
    LegalName: name,
    CompanyAddr: address,
    LegalAddr: { ...address, Id: '2' },
    CompanyStartDate: formatDate(nowMs),
    FiscalYearStartMonth: 'January',
    Country: 'US',
    Email: { Address: 'office@example.com' },
    SupportedLanguages: 'en',
    NameValue: [
      { Name: 'NeoEnabled', Value: 'true' },
      { Name: 'OfferingSku', Value: 'QuickBooks Online Plus' },
      { Name: 'SubscriptionStatus', Value: 'PAID' },
      { Name: 'DefaultTimeZone', Value: 'America/Los_Angeles' },
    ],
  };
}
