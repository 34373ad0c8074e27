/** Items, accounts, tax and the smaller lists. The notation is read by `parse.ts`. */
export const listShapes = {
  ItemComponentLine: `
    ItemRef:ref Qty:n UOMRef:UOMRef
  `,
  ItemGroupDetail: `
    ItemGroupLine:ItemComponentLine[]
  `,
  ItemAssemblyDetail: `
    ItemAssemblyLine:ItemComponentLine[]
  `,
  Item: `
    ...Entity Name:s Sku:s Description:s Active:b SubItem:b ParentRef:ref Level:i FullyQualifiedName:s
    Taxable:b SalesTaxIncluded:b PercentBased:b UnitPrice:n RatePercent:n Type:ItemTypeEnum
    PaymentMethodRef:ref UOMSetRef:ref IncomeAccountRef:ref PurchaseDesc:s PurchaseTaxIncluded:b
    PurchaseCost:n ExpenseAccountRef:ref COGSAccountRef:ref AssetAccountRef:ref PrefVendorRef:ref
    AvgCost:n TrackQtyOnHand:b QtyOnHand:n QtyOnPurchaseOrder:n QtyOnSalesOrder:n ReorderPoint:n
    ManPartNum:s DepositToAccountRef:ref SalesTaxCodeRef:ref PurchaseTaxCodeRef:ref InvStartDate:d
    BuildPoint:n PrintGroupedItems:b SpecialItem:b SpecialItemType:s ItemGroupDetail:ItemGroupDetail
    ItemAssemblyDetail:ItemAssemblyDetail AbatementRate:n ReverseChargeRate:n ServiceType:s
    ItemCategoryType:s ItemEx:echo TaxClassificationRef:ref UQCDisplayText:s UQCId:s ClassRef:ref
    Source:s DeferredRevenue:b CustomExtensions:CustomExtensions[]
  `,
  Account: `
    ...Entity Name:s SubAccount:b ParentRef:ref Description:s FullyQualifiedName:s AccountAlias:s
    TxnLocationType:s Active:b Classification:s AccountType:s AccountSubType:s AccountPurposes:ref[]
    AcctNum:s AcctNumExtn:s BankNum:s OpeningBalance:n OpeningBalanceDate:d CurrentBalance:n
    CurrentBalanceWithSubAccounts:n CurrencyRef:ref TaxAccount:b TaxCodeRef:ref OnlineBankingEnabled:b
    FIName:s JournalCodeRef:ref AccountEx:echo
  `,
  CustomFieldDefinition: `
    ...Entity EntityType:s Name:s Hidden:b Required:b AppId:s
  `,
  NameValue: `
    Name:s Value:s
  `,
  Class: `
    ...Entity Name:s SubClass:b ParentRef:ref FullyQualifiedName:s Active:b ClassEx:echo
  `,
  CustomerType: `
    ...Entity Name:s ParentRef:ref FullyQualifiedName:s Active:b
  `,
  Department: `
    ...Entity Name:s SubDepartment:b ParentRef:ref FullyQualifiedName:s Active:b DepartmentEx:echo
    Address:PhysicalAddress
  `,
  Term: `
    ...Entity Name:s Active:b Type:s DiscountPercent:n DueDays:i DiscountDays:i DayOfMonthDue:i
    DueNextMonthDays:i DiscountDayOfMonth:i SalesTermEx:echo
  `,
  PaymentMethod: `
    ...Entity Name:s Active:b Type:s PaymentMethodEx:echo
  `,
  TaxRateDetail: `
    TaxRateRef:ref TaxTypeApplicable:s TaxOrder:i TaxOnTaxOrder:i
  `,
  TaxRateList: `
    TaxRateDetail:TaxRateDetail[] originatingGroupId:s
  `,
  TaxCode: `
    ...Entity Name:s Description:s Active:b Hidden:b Taxable:b TaxGroup:b SalesTaxRateList:TaxRateList
    PurchaseTaxRateList:TaxRateList AdjustmentTaxRateList:TaxRateList TaxCodeEx:echo TaxCodeConfigType:s
  `,
  EffectiveTaxRate: `
    RateValue:n EffectiveDate:t EndDate:t EffectiveTaxRateEx:echo
  `,
  TaxRate: `
    ...Entity Name:s Description:s Active:b RateValue:n AgencyRef:ref TaxReturnLineRef:ref
    EffectiveTaxRate:EffectiveTaxRate[] SpecialTaxType:s DisplayType:s TaxRateEx:echo
    OriginalTaxRate:ref
  `,
  TaxAgency: `
    ...Entity ...Name ContactName:s AltContactName:s BillAddr:PhysicalAddress ShipAddr:PhysicalAddress
    TaxCountry:s TaxIdentifier:s TaxIdEffectiveDate:d BusinessNumber:s ParentRef:ref VendorTypeRef:ref
    TermRef:ref PrefillAccountRef:ref Balance:n BillRate:n OpenBalanceDate:d CreditLimit:n AcctNum:s
    Vendor1099:b T4AEligible:b T5018Eligible:b CurrencyRef:ref TDSEnabled:b TDSEntityTypeId:i
    TDSSectionTypeId:i TDSOverrideThreshold:b TaxReportingBasis:s APAccountRef:ref VendorEx:echo GSTIN:s
    GSTRegistrationType:s IsSubContractor:b SubcontractorType:s CISRate:s HasTPAR:b
    VendorPaymentBankDetail:VendorBankAccountDetail Source:s CostRate:n AgencyVerificationStatus:s
    AgencyVerificationStatusMsg:s AgencyVerificationTSUTC:t CompanyRegistrationNumber:s
    SalesTaxCodeRef:ref SalesTaxCountry:s SalesTaxReturnRef:ref TaxRegistrationNumber:s
    ReportingPeriod:s TaxTrackedOnPurchases:b TaxOnPurchasesAccountRef:ref TaxTrackedOnSales:b
    TaxTrackedOnSalesAccountRef:ref TaxOnTax:b LastFileDate:d TaxAgencyExt:echo TaxAgencyConfig:s
  `,
  TaxRateDetails: `
    TaxRateName:s TaxRateId:s RateValue:n TaxAgencyId:s TaxApplicableOn:s
  `,
  TaxService: `
    ...Entity TaxCode:s TaxCodeId:s TaxRateDetails:TaxRateDetails[] Fault:Fault
  `,
  Attachable: `
    ...Entity FileName:s FileAccessUri:s TempDownloadUri:s Size:i ContentType:s Category:s Lat:s Long:s
    PlaceName:s Note:s Tag:s ThumbnailFileAccessUri:s ThumbnailTempDownloadUri:s AttachableEx:echo
    documentId:s
  `,
  ExchangeRate: `
    ...Entity SourceCurrencyCode:s TargetCurrencyCode:s Rate:n AsOfDate:d ExchangeRateEx:echo
  `,
  CompanyCurrency: `
    ...Entity Code:s Name:s Active:b CompanyCurrencyEx:echo
  `,
  TimeActivity: `
    ...Entity TimeZone:s TxnDate:d NameOf:TimeActivityTypeEnum EmployeeRef:ref VendorRef:ref
    OtherNameRef:ref CustomerRef:ref DepartmentRef:ref ItemRef:ref ClassRef:ref PayrollItemRef:ref
    ProjectRef:ref TimeChargeId:i BillableStatus:BillableStatusEnum Taxable:b HourlyRate:n CostRate:n
    Hours:i Minutes:i Seconds:i BreakHours:i BreakMinutes:i BreakSeconds:i StartTime:t EndTime:t
    Description:s TimeActivityEx:echo HoursInEmployeeTimeZone:b
  `,
  BudgetCustomExtensionAssociatedValue: `
    Key:s Value:s
  `,
  BudgetCustomExtensions: `
    ExtensionType:s AssociatedValue:BudgetCustomExtensionAssociatedValue
  `,
  BudgetDetail: `
    BudgetDate:d Amount:n AccountRef:ref CustomerRef:ref ClassRef:ref DepartmentRef:ref
    CustomExtensions:BudgetCustomExtensions[]
  `,
  Budget: `
    ...Entity Name:s StartDate:d EndDate:d BudgetType:s BudgetEntryType:s Active:b
    BudgetDetail:BudgetDetail[]
  `,
} as const;
