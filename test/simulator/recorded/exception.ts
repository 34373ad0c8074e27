/** Recorded objects that cannot be made again, by file and what the simulator says, each with the reason. */
export const REFUSED: Readonly<Record<string, string>> = {
  'qbo.data.account_response.json Account: Invalid Enumeration : Credit Cards':
    'the type was changed by the authors of the app; the service has `Credit Card`',
  'qbo.data.bill_response.json Bill: Invalid Enumeration : TaxLineDetail':
    'a line that no bill has; the file was put together by the authors of the app',
  'qbo.data.customer_response_after_sync.json Customer: Unrecognized field "Name"':
    'a class under the name of a customer',
};

/** Paths that the simulator does not give, each with the reason. */
export const LACKING: Readonly<Record<string, string>> = {
  'Customer.time string': 'of the envelope, and slipped into the object when the file was cut',
  'ExchangeRate.Id string': 'not among the documented attributes; a rate is known by its currency and day',
  'Payment.Line[].LineEx.NameValue object': 'how XML has it; in JSON it is `LineEx.any`',
  'Payment.Line[].LineEx.NameValue.Name string': 'the same',
  'Payment.Line[].LineEx.NameValue.Value string': 'the same',
  'Preferences.SalesFormsPrefs.CustomField[].type string': 'an attribute of XML',
  'Preferences.VendorAndPurchasesPrefs.POCustomField[].type string': 'an attribute of XML',
  'Purchase.PrintStatus string':
    'newer recordings have it on cheques only; this is of 2013 and of a cash purchase',
  'TaxRate.EffectiveTaxRate[].EndDate string': 'a rate that has ended; the simulator’s rates never do',
};

/** Paths of reports, the same. */
export const LACKING_IN_REPORTS: Readonly<Record<string, string>> = {
  '.Rows.Row[].Rows.Row[].ColData':
    'of the detail of profit and loss in 2015, whose sections ended at wrong places',
  '.Rows.Row[].Rows.Row[].Rows.Row[].ColData': 'the same: rows of accounts that slipped out of their part',
};
