/** What a company sells, takes back and is paid. The notation is read by `parse.ts`. */
export const saleShapes = {
  Transaction: `
    DocNumber:s TxnDate:d TxnSubType:s DepartmentRef:ref CurrencyRef:ref ExchangeRate:n PrivateNote:s
    TxnStatus:s LinkedTxn:LinkedTxn[] Line:Line[] TxnTaxDetail:TxnTaxDetail TxnSource:s TaxFormType:s
    TaxFormNum:s TransactionLocationType:s Tag:Tag[] TxnApprovalInfo:TxnApprovalInfo RecurDataRef:ref
    RecurringInfo:RecurringInfo ProjectRef:ref TotalCostAmount:n HomeTotalCostAmount:n
  `,
  Sale: `
    AutoDocNumber:b CustomerRef:ref CustomerMemo:MemoRef BillAddr:PhysicalAddress
    ShipAddr:PhysicalAddress FreeFormAddress:b ShipFromAddr:PhysicalAddress RemitToRef:ref ClassRef:ref
    SalesTermRef:ref DueDate:d SalesRepRef:ref PONumber:s FOB:s ShipMethodRef:ref ShipDate:d
    TrackingNum:s GlobalTaxCalculation:GlobalTaxCalculationEnum TotalAmt:n HomeTotalAmt:n
    ApplyTaxAfterDiscount:b ShippingTaxIncludedInTotalTax:b TemplateRef:ref PrintStatus:PrintStatusEnum
    EmailStatus:EmailStatusEnum BillEmail:EmailAddress BillEmailCc:EmailAddress
    BillEmailBcc:EmailAddress ARAccountRef:ref Balance:n HomeBalance:n FinanceCharge:b
    PaymentMethodRef:ref PaymentRefNum:s PaymentType:PaymentTypeEnum CheckPayment:CheckPayment
    CreditCardPayment:CreditCardPayment DepositToAccountRef:ref DeliveryInfo:TransactionDeliveryInfo
    DiscountRate:n DiscountAmt:n GovtTxnRefIdentifier:s TaxExemptionRef:ref
  `,
  TxnApprovalInfo: `
    ApprovalStatus:s ApprovalStatusDetail:s LastChangedByUser:s LastChangedDate:t
  `,
  RecurringScheduleInfo: `
    IntervalType:s NumInterval:i DayOfMonth:i DayOfWeek:s WeekOfMonth:i MonthOfYear:s RemindDays:i
    DaysBefore:i MaxOccurrences:i StartDate:d EndDate:d NextDate:d PreviousDate:d
  `,
  RecurringInfo: `
    Name:s RecurType:s Active:b ScheduleInfo:RecurringScheduleInfo
  `,
  CheckPayment: `
    CheckNum:s Status:s NameOnAcct:s AcctNum:s BankName:s CheckPaymentEx:echo
  `,
  CreditChargeResponse: `
    CCProcessor:s CCTransId:s Status:s ResultCode:i ResultMsg:s MerchantAcctNum:s
    CardSecurityCodeMatch:s AuthCode:s AvsStreet:s AvsZip:s SecurityCode:s ReconBatchId:s
    PaymentGroupingCode:i TxnAuthorizationTime:t TxnAuthorizationStamp:i ClientTransID:s
    CreditChargeResponseEx:echo
  `,
  CreditCardPayment: `
    CreditChargeInfo:CreditChargeInfo CreditChargeResponse:CreditChargeResponse
  `,
  TransactionDeliveryInfo: `
    DeliveryType:s DeliveryTime:t DeliveryErrorType:s
  `,
  MXGlobalInfo: `
    Periodicity:s Month:s Year:s
  `,
  StatusInfo: `
    status:s statusDate:d callToAction:s
  `,
  ConvenienceFeeDetail: `
    ...Entity ConvenienceFeeType:s ConvenienceFeePercent:n
  `,
  SurchargePaymentMethodInfo: `
    Enabled:b
  `,
  EnabledSurchargeInfo: `
    Enabled:b Card:SurchargePaymentMethodInfo ACH:SurchargePaymentMethodInfo
  `,
  TxnRetainageDetail: `
    RetainageAmount:n RetainageOpenBalance:n
  `,
  Invoice: `
    ...Entity ...Transaction ...Sale Deposit:n AllowIPNPayment:b AllowOnlinePayment:b
    AllowOnlineCreditCardPayment:b AllowOnlineACHPayment:b AllowOnlinePayPalPayment:b
    AllowOnlineAffirmPayment:b EInvoiceStatus:s ECloudStatusTimeStamp:t CfdiUse:i Exportation:s
    GlobalInfo:MXGlobalInfo invoiceStatus:s callToAction:s invoiceStatusLog:StatusInfo[] InvoiceEx:echo
    LessCIS:n InvoiceLink:s PaymentDetailsMessage:s ConvenienceFeeDetail:ConvenienceFeeDetail
    EnabledSurchargeInfo:EnabledSurchargeInfo InvoiceLinkSecurityCode:s InvoiceLinkExpiryDate:d
    AutoPayEligible:b SchedulePayEligible:b ScheduledPaymentId:s GratuityEnabled:b
    FinancingProductType:s SubscriptionPaymentsSetting:s TxnRetainageDetail:TxnRetainageDetail
  `,
  CreditMemo: `
    ...Entity ...Transaction ...Sale RemainingCredit:n InvoiceRef:ref CreditMemoEx:echo
  `,
  SalesReceipt: `
    ...Entity ...Transaction ...Sale SalesReceiptEx:echo LessCIS:n
  `,
  RefundReceipt: `
    ...Entity ...Transaction ...Sale RemainingCredit:n RefundReceiptEx:echo
  `,
  Estimate: `
    ...Entity ...Transaction ...Sale ExpirationDate:d AcceptedBy:s AcceptedDate:d EstimateEx:echo
  `,
  Payment: `
    ...Entity ...Transaction CustomerRef:ref RemitToRef:ref ARAccountRef:ref DepositToAccountRef:ref
    PaymentMethodRef:ref PaymentRefNum:s PaymentType:PaymentTypeEnum CheckPayment:CheckPayment
    CreditCardPayment:CreditCardPayment TotalAmt:n UnappliedAmt:n ProcessPayment:b PaymentExtendedType:s
    PaymentEx:echo TaxExemptionRef:ref
  `,
} as const;
