/** The company itself and its settings. The notation is read by `parse.ts`. */
export const preferencesShapes = {
  CompanyAccountingPrefs: `
    UseAccountNumbers:b DefaultARAccount:ref DefaultAPAccount:ref RequiresAccounts:b TrackDepartments:b
    DepartmentTerminology:s ClassTrackingPerTxn:b ClassTrackingPerTxnLine:b AutoJournalEntryNumber:b
    FirstMonthOfFiscalYear:s TaxYearMonth:s TaxForm:s BookCloseDate:d OtherContactInfo:ContactInfo[]
    CustomerTerminology:s
  `,
  AdvancedInventoryPrefs: `
    MLIAvailable:b MLIEnabled:b EnhancedInventoryReceivingEnabled:b TrackingSerialOrLotNumber:b
    TrackingOnSalesTransactionsEnabled:b TrackingOnPurchaseTransactionsEnabled:b
    TrackingOnInventoryAdjustmentEnabled:b TrackingOnBuildAssemblyEnabled:b FIFOEnabled:b
    FIFOEffectiveDate:d RowShelfBinEnabled:b BarcodeEnabled:b
  `,
  ProductAndServicesPrefs: `
    ForSales:b ForPurchase:b InventoryAndPurchaseOrder:b QuantityWithPriceAndRate:b QuantityOnHand:b
    UOM:s RevenueRecognition:b RevenueRecognitionFrequency:s
  `,
  SalesFormsPrefs: `
    UsingProgressInvoicing:b CustomField:CustomFieldDefinition[] CustomTxnNumbers:b DelayedCharges:b
    SalesEmailCc:EmailAddress SalesEmailBcc:EmailAddress EmailCopyToCompany:b AllowDeposit:b
    AllowDiscount:b DefaultDiscountAccount:s AllowEstimates:b EstimateMessage:s
    ETransactionEnabledStatus:s ETransactionAttachPDF:b ETransactionPaymentEnabled:b IPNSupportEnabled:b
    InvoiceMessage:s AllowServiceDate:b AllowShipping:b DefaultShippingAccount:s DefaultItem:ref
    DefaultTerms:ref DefaultDeliveryMethod:s AutoApplyCredit:b AutoApplyPayments:b
    PrintItemWithZeroAmount:b DefaultShipMethodRef:ref DefaultMarkup:n
    TrackReimbursableExpensesAsIncome:b UsingSalesOrders:b UsingPriceLevels:b DefaultFOB:s
    DefaultCustomerMessage:s
  `,
  EmailMessage: `
    Subject:s Message:s
  `,
  EmailMessagesPrefs: `
    NameValue:NameValue[] InvoiceMessage:EmailMessage EstimateMessage:EmailMessage
    SalesReceiptMessage:EmailMessage StatementMessage:EmailMessage
  `,
  PrintDocumentPrefs: `
    NameValue:NameValue[]
  `,
  VendorAndPurchasesPrefs: `
    EnableBills:b TrackingByCustomer:b BillableExpenseTracking:b DefaultTerms:ref DefaultMarkup:n
    DefaultMarkupAccount:ref AutomaticBillPayment:b TPAREnabled:b POCustomField:CustomFieldDefinition[]
    MsgToVendors:s UsingInventory:b UsingMultiLocationInventory:b DaysBillsAreDue:i
    DiscountAccountRef:ref
  `,
  TimeTrackingPrefs: `
    UseServices:b DefaultTimeItem:ref BillCustomers:b ShowBillRateToAll:b WorkWeekStartDate:s
    TimeTrackingEnabled:b MarkTimeEntriesBillable:b MarkExpensesAsBillable:b
  `,
  TaxPrefs: `
    UsingSalesTax:b PartnerTaxEnabled:b HideTaxManagement:b TaxGroupCodeRef:ref TaxRateRef:ref
    PaySalesTax:s NonTaxableSalesTaxCodeRef:ref TaxableSalesTaxCodeRef:ref
  `,
  FinanceChargePrefs: `
    AnnualInterestRate:n MinFinChrg:n GracePeriod:i CalcFinChrgFromTxnDate:b
    AssessFinChrgForOverdueCharges:b FinChrgAccountRef:ref
  `,
  CurrencyPrefs: `
    MultiCurrencyEnabled:b HomeCurrency:ref
  `,
  ReportPrefs: `
    ReportBasis:s CalcAgingReportFromTxnDate:b
  `,
  OtherPrefs: `
    NameValue:NameValue[]
  `,
  Preferences: `
    ...Entity AccountingInfoPrefs:CompanyAccountingPrefs AdvancedInventoryPrefs:AdvancedInventoryPrefs
    ProductAndServicesPrefs:ProductAndServicesPrefs SalesFormsPrefs:SalesFormsPrefs
    EmailMessagesPrefs:EmailMessagesPrefs PrintDocumentPrefs:PrintDocumentPrefs
    VendorAndPurchasesPrefs:VendorAndPurchasesPrefs TimeTrackingPrefs:TimeTrackingPrefs
    TaxPrefs:TaxPrefs FinanceChargesPrefs:FinanceChargePrefs CurrencyPrefs:CurrencyPrefs
    ReportPrefs:ReportPrefs OtherPrefs:OtherPrefs
  `,
  CompanyInfo: `
    ...Entity CompanyName:s LegalName:s CompanyAddr:PhysicalAddress
    CustomerCommunicationAddr:PhysicalAddress LegalAddr:PhysicalAddress CompanyEmailAddr:EmailAddress
    CustomerCommunicationEmailAddr:EmailAddress CompanyURL:WebSiteAddress PrimaryPhone:TelephoneNumber
    OtherContactInfo:ContactInfo[] CompanyFileName:s FlavorStratum:s SampleFile:b CompanyUserId:s
    CompanyUserAdminEmail:s CompanyStartDate:d EmployerId:s FiscalYearStartMonth:s TaxYearStartMonth:s
    QBVersion:s Country:s ShipAddr:PhysicalAddress OtherAddr:PhysicalAddress[] Mobile:TelephoneNumber
    Fax:TelephoneNumber Email:EmailAddress WebAddr:WebSiteAddress LastImportedTime:t LastSyncTime:t
    SupportedLanguages:s DefaultTimeZone:s MultiByteCharsSupported:b NameValue:NameValue[]
    FifoCalculationStatus:s CompanyInfoEx:echo
  `,
} as const;
