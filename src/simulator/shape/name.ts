/** Customers, vendors and employees. The notation is read by `parse.ts`. */
export const nameShapes = {
  Name: `
    IntuitId:s Organization:b Title:s GivenName:s MiddleName:s FamilyName:s Suffix:s
    FullyQualifiedName:s CompanyName:s DisplayName:s PrintOnCheckName:s UserId:s Active:b
    V4IDPseudonym:s PrimaryPhone:TelephoneNumber AlternatePhone:TelephoneNumber Mobile:TelephoneNumber
    Fax:TelephoneNumber PrimaryEmailAddr:EmailAddress WebAddr:WebSiteAddress
    OtherContactInfo:ContactInfo[] DefaultTaxCodeRef:ref OtherAddr:PhysicalAddress[] Notes:s
  `,
  CreditChargeInfo: `
    Number:s Type:s NameOnAcct:s CcExpiryMonth:i CcExpiryYear:i BillAddrStreet:s PostalCode:s
    CommercialCardCode:s CCTxnMode:s CCTxnType:s PrevCCTransId:s Amount:n ProcessPayment:b
    CreditCardChargeInfoEx:echo
  `,
  JobInfo: `
    Status:s StartDate:d ProjectedEndDate:d EndDate:d Description:s JobTypeRef:ref
  `,
  Customer: `
    ...Entity ...Name Taxable:b BillAddr:PhysicalAddress ShipAddr:PhysicalAddress ContactName:s
    AltContactName:s Job:b BillWithParent:b RootCustomerRef:ref ParentRef:ref Level:i
    CustomerTypeRef:ref SalesTermRef:ref SalesRepRef:ref TaxGroupCodeRef:ref TaxRateRef:ref
    PaymentMethodRef:ref CCDetail:CreditChargeInfo PriceLevelRef:ref Balance:n OpenBalanceDate:d
    BalanceWithJobs:n CreditLimit:n AcctNum:s CurrencyRef:ref OverDueBalance:n TotalRevenue:n
    TotalExpense:n PreferredDeliveryMethod:s ResaleNum:s JobInfo:JobInfo TDSEnabled:b CustomerEx:echo
    SecondaryTaxIdentifier:s ARAccountRef:ref PrimaryTaxIdentifier:s TaxExemptionReasonId:s IsProject:b
    BusinessNumber:s GSTIN:s GSTRegistrationType:s IsCISContractor:b ClientCompanyId:s ClientEntityId:s
    Source:s TaxRegime:s
  `,
  VendorBankAccountDetail: `
    BankBranchIdentifier:s BankAccountNumber:s BankAccountName:s StatementText:s
  `,
  Vendor: `
    ...Entity ...Name ContactName:s AltContactName:s BillAddr:PhysicalAddress ShipAddr:PhysicalAddress
    TaxCountry:s TaxIdentifier:s TaxIdEffectiveDate:d BusinessNumber:s ParentRef:ref VendorTypeRef:ref
    TermRef:ref PrefillAccountRef:ref Balance:n BillRate:n OpenBalanceDate:d CreditLimit:n AcctNum:s
    Vendor1099:b T4AEligible:b T5018Eligible:b CurrencyRef:ref TDSEnabled:b TDSEntityTypeId:i
    TDSSectionTypeId:i TDSOverrideThreshold:b TaxReportingBasis:s APAccountRef:ref VendorEx:echo GSTIN:s
    GSTRegistrationType:s IsSubContractor:b SubcontractorType:s CISRate:s HasTPAR:b
    VendorPaymentBankDetail:VendorBankAccountDetail Source:s CostRate:n AgencyVerificationStatus:s
    AgencyVerificationStatusMsg:s AgencyVerificationTSUTC:t CompanyRegistrationNumber:s
  `,
  Employee: `
    ...Entity ...Name EmployeeType:s EmployeeNumber:s SSN:s PrimaryAddr:PhysicalAddress BillableTime:b
    BillRate:n BirthDate:d Gender:s HiredDate:d ReleasedDate:d UseTimeEntry:s EmployeeEx:echo CostRate:n
  `,
} as const;
