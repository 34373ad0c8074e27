/** The line of a transaction and its details. The notation is read by `parse.ts`. */
export const lineShapes = {
  DiscountOverride: `
    DiscountRef:ref PercentBased:b DiscountPercent:n DiscountAccountRef:ref
  `,
  PaymentLineDetail: `
    ItemRef:ref ServiceDate:d ClassRef:ref Balance:n HomeBalance:n Discount:DiscountOverride
    PaymentLineEx:echo
  `,
  DiscountLineDetail: `
    DiscountRef:ref PercentBased:b DiscountPercent:n DiscountAccountRef:ref ServiceDate:d ClassRef:ref
    TaxCodeRef:ref DiscountLineDetailEx:echo
  `,
  TaxLineDetail: `
    TaxRateRef:ref PercentBased:b TaxPercent:n NetAmountTaxable:n TaxInclusiveAmount:n
    OverrideDeltaAmount:n ServiceDate:d TaxLineDetailEx:echo
  `,
  MarkupInfo: `
    PercentBased:b Value:n Percent:n PriceLevelRef:ref MarkUpIncomeAccountRef:ref
  `,
  UOMRef: `
    Unit:s UOMSetRef:ref
  `,
  SalesItemLineDetail: `
    ItemRef:ref ClassRef:ref UnitPrice:n UnitCostPrice:n RatePercent:n PriceLevelRef:ref
    MarkupInfo:MarkupInfo Qty:n UOMRef:UOMRef ItemAccountRef:ref InventorySiteRef:ref TaxCodeRef:ref
    TaxClassificationRef:ref ServiceDate:d TaxInclusiveAmt:n DiscountRate:n DiscountAmt:n
    DeferredRevenue:b RetainageAmount:n SalesItemLineDetailEx:echo
  `,
  DescriptionLineDetail: `
    ServiceDate:d TaxCodeRef:ref DescriptionLineDetailEx:echo
  `,
  ItemBasedExpenseLineDetail: `
    ItemRef:ref ClassRef:ref UnitPrice:n UnitCostPrice:n RatePercent:n PriceLevelRef:ref
    MarkupInfo:MarkupInfo Qty:n UOMRef:UOMRef ItemAccountRef:ref InventorySiteRef:ref TaxCodeRef:ref
    TaxClassificationRef:ref CustomerRef:ref BillableStatus:BillableStatusEnum TaxInclusiveAmt:n
    ItemBasedExpenseLineDetailEx:echo
  `,
  AccountBasedExpenseLineDetail: `
    CustomerRef:ref ClassRef:ref AccountRef:ref BillableStatus:BillableStatusEnum MarkupInfo:MarkupInfo
    TaxAmount:n TaxCodeRef:ref TaxInclusiveAmt:n ExpenseDetailLineDetailEx:echo
  `,
  ReimburseLineDetail: `
    ItemRef:ref ClassRef:ref UnitPrice:n UnitCostPrice:n RatePercent:n PriceLevelRef:ref
    MarkupInfo:MarkupInfo Qty:n UOMRef:UOMRef ItemAccountRef:ref InventorySiteRef:ref TaxCodeRef:ref
    TaxClassificationRef:ref
  `,
  DepositLineDetail: `
    Entity:ref ClassRef:ref AccountRef:ref PaymentMethodRef:ref CheckNum:s TxnType:s TaxCodeRef:ref
    TaxApplicableOn:TaxApplicableOnEnum DepositLineDetailEx:echo
  `,
  PurchaseOrderItemLineDetail: `
    ItemRef:ref ClassRef:ref UnitPrice:n UnitCostPrice:n RatePercent:n PriceLevelRef:ref
    MarkupInfo:MarkupInfo Qty:n UOMRef:UOMRef ItemAccountRef:ref InventorySiteRef:ref TaxCodeRef:ref
    TaxClassificationRef:ref ServiceDate:d TaxInclusiveAmt:n DiscountRate:n DiscountAmt:n
    DeferredRevenue:b RetainageAmount:n SalesItemLineDetailEx:echo ManPartNum:s ManuallyClosed:b
    OpenQty:n PurchaseOrderItemLineDetailEx:echo
  `,
  SalesOrderItemLineDetail: `
    ItemRef:ref ClassRef:ref UnitPrice:n UnitCostPrice:n RatePercent:n PriceLevelRef:ref
    MarkupInfo:MarkupInfo Qty:n UOMRef:UOMRef ItemAccountRef:ref InventorySiteRef:ref TaxCodeRef:ref
    TaxClassificationRef:ref ServiceDate:d TaxInclusiveAmt:n DiscountRate:n DiscountAmt:n
    DeferredRevenue:b RetainageAmount:n SalesItemLineDetailEx:echo ManuallyClosed:b
  `,
  ItemReceiptLineDetail: `
    ItemReceiptLineDetailEx:echo
  `,
  EntityTypeRef: `
    Type:s EntityRef:ref
  `,
  JournalEntryLineDetail: `
    PostingType:PostingTypeEnum Entity:EntityTypeRef AccountRef:ref ClassRef:ref DepartmentRef:ref
    TaxCodeRef:ref TaxRateRef:ref TaxApplicableOn:TaxApplicableOnEnum TaxAmount:n TaxInclusiveAmt:n
    BillableStatus:BillableStatusEnum JournalCodeRef:ref JournalEntryLineDetailEx:echo
  `,
  GroupLineDetail: `
    GroupItemRef:ref Quantity:n UOMRef:UOMRef ServiceDate:d Line:Line[] GroupLineDetailEx:echo
  `,
  SubTotalLineDetail: `
    ItemRef:ref ServiceDate:d
  `,
  TDSLineDetail: `
    TDSAccountRef:ref TDSSectionTypeId:i TDSLineDetailEx:echo
  `,
  ItemAdjustmentLineDetail: `
    ItemRef:ref SalesPrice:n QtyDiff:n NewQty:n ClassRef:ref
  `,
  Line: `
    Id:s LineNum:i Description:s Amount:n Received:n LinkedTxn:LinkedTxn[] DetailType:LineDetailTypeEnum
    PaymentLineDetail:PaymentLineDetail DiscountLineDetail:DiscountLineDetail
    TaxLineDetail:TaxLineDetail SalesItemLineDetail:SalesItemLineDetail
    DescriptionLineDetail:DescriptionLineDetail ItemBasedExpenseLineDetail:ItemBasedExpenseLineDetail
    AccountBasedExpenseLineDetail:AccountBasedExpenseLineDetail ReimburseLineDetail:ReimburseLineDetail
    DepositLineDetail:DepositLineDetail PurchaseOrderItemLineDetail:PurchaseOrderItemLineDetail
    SalesOrderItemLineDetail:SalesOrderItemLineDetail ItemReceiptLineDetail:ItemReceiptLineDetail
    JournalEntryLineDetail:JournalEntryLineDetail GroupLineDetail:GroupLineDetail
    SubTotalLineDetail:SubTotalLineDetail TDSLineDetail:TDSLineDetail
    ItemAdjustmentLineDetail:ItemAdjustmentLineDetail CustomField:CustomField[] LineEx:echo
    ProjectRef:ref CostAmount:n HomeCostAmount:n CustomExtensions:CustomExtensions[]
  `,
  TxnTaxDetail: `
    DefaultTaxCodeRef:ref TxnTaxCodeRef:ref TotalTax:n TaxReviewStatus:s TaxLine:Line[]
    UseAutomatedSalesTax:b
  `,
} as const;
