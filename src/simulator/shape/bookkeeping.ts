/** Money out, moved, and journal entries. The notation is read by `parse.ts`. */
export const bookkeepingShapes = {
  Purchase: `
    ...Entity ...Transaction AccountRef:ref PaymentMethodRef:ref PaymentRefNum:s
    PaymentType:PaymentTypeEnum CheckPayment:CheckPayment CreditCardPayment:CreditCardPayment
    EntityRef:ref Credit:b RemitToAddr:PhysicalAddress TotalAmt:n TxnId:s TxnNum:s Memo:s
    PrintStatus:PrintStatusEnum GlobalTaxCalculation:GlobalTaxCalculationEnum PurchaseEx:echo LessCIS:n
    IncludeInAnnualTPAR:b
  `,
  BillPaymentCheck: `
    BankAccountRef:ref PrintStatus:PrintStatusEnum CheckDetail:CheckPayment PayeeAddr:PhysicalAddress
    BillPaymentCheckEx:echo
  `,
  BillPaymentCreditCard: `
    CCAccountRef:ref CCDetail:CreditCardPayment BillPaymentCreditCardEx:echo
  `,
  BillPayment: `
    ...Entity ...Transaction VendorRef:ref VendorAddr:PhysicalAddress APAccountRef:ref
    PayType:BillPaymentTypeEnum CheckPayment:BillPaymentCheck CreditCardPayment:BillPaymentCreditCard
    TotalAmt:n BillPaymentEx:echo ProcessBillPayment:b
  `,
  Bill: `
    ...Entity ...Transaction VendorRef:ref APAccountRef:ref TotalAmt:n BillEmail:EmailAddress
    ReplyEmail:EmailAddress Memo:s GlobalTaxCalculation:GlobalTaxCalculationEnum PayerRef:ref
    SalesTermRef:ref DueDate:d RemitToAddr:PhysicalAddress ShipAddr:PhysicalAddress
    VendorAddr:PhysicalAddress Balance:n HomeBalance:n BillEx:echo LessCIS:n IncludeInAnnualTPAR:b
  `,
  VendorCredit: `
    ...Entity ...Transaction VendorRef:ref APAccountRef:ref TotalAmt:n BillEmail:EmailAddress
    ReplyEmail:EmailAddress Memo:s GlobalTaxCalculation:GlobalTaxCalculationEnum
    VendorAddr:PhysicalAddress VendorCreditEx:echo Balance:n IncludeInAnnualTPAR:b
  `,
  PurchaseOrder: `
    ...Entity ...Transaction VendorRef:ref APAccountRef:ref TotalAmt:n BillEmail:EmailAddress
    ReplyEmail:EmailAddress Memo:s GlobalTaxCalculation:GlobalTaxCalculationEnum TaxCodeRef:ref
    ClassRef:ref ReimbursableInfoRef:ref SalesTermRef:ref DueDate:d ExpectedDate:d
    VendorAddr:PhysicalAddress ShipTo:ref DropShipToEntity:ref InventorySiteRef:ref
    ShipAddr:PhysicalAddress ShipMethodRef:ref FOB:s POEmail:EmailAddress TemplateRef:ref
    PrintStatus:PrintStatusEnum EmailStatus:EmailStatusEnum ManuallyClosed:b POStatus:s
    PurchaseOrderEx:echo
  `,
  CashBackInfo: `
    AccountRef:ref Amount:n Memo:s
  `,
  Deposit: `
    ...Entity ...Transaction DepositToAccountRef:ref CashBack:CashBackInfo
    GlobalTaxCalculation:GlobalTaxCalculationEnum TotalAmt:n HomeTotalAmt:n DepositEx:echo
  `,
  Transfer: `
    ...Entity ...Transaction FromAccountRef:ref ToAccountRef:ref Amount:n ClassRef:ref TransferEx:echo
  `,
  CreditCardPaymentTxn: `
    ...Entity ...Transaction CreditCardAccountRef:ref BankAccountRef:ref Amount:n VendorRef:ref CheckNum:s
    PrintStatus:PrintStatusEnum Memo:s CreditCardPaymentEx:echo
  `,
  RecurringTransaction: `
    ...Entity Bill:Bill CreditMemo:CreditMemo Deposit:Deposit Estimate:Estimate Invoice:Invoice
    JournalEntry:JournalEntry Purchase:Purchase PurchaseOrder:PurchaseOrder RefundReceipt:RefundReceipt
    SalesReceipt:SalesReceipt Transfer:Transfer VendorCredit:VendorCredit
  `,
  JournalEntry: `
    ...Entity ...Transaction Adjustment:b HomeCurrencyAdjustment:b EnteredInHomeCurrency:b
    GlobalTaxCalculation:GlobalTaxCalculationEnum TotalAmt:n HomeTotalAmt:n JournalEntryEx:echo
  `,
} as const;
