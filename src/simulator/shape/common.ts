/** Parts that many objects share. The notation is read by `parse.ts`. */
export const commonShapes = {
  Entity: `
    Id:s SyncToken:s MetaData:ModificationMetaData CustomField:CustomField[]
    AttachableRef:AttachableRef[] domain:s status:s sparse:b
  `,
  ModificationMetaData: `
    CreatedByRef:ref CreateTime:t LastModifiedByRef:ref LastUpdatedTime:t LastChangedInQB:t
    Synchronized:b
  `,
  CustomField: `
    DefinitionId:s Name:s Type:s StringValue:s BooleanValue:b DateValue:d NumberValue:n
  `,
  AttachableRef: `
    EntityRef:ref LineInfo:s IncludeOnSend:b CustomField:CustomField[] AttachableRefEx:echo
  `,
  TelephoneNumber: `
    Id:s DeviceType:s CountryCode:s AreaCode:s ExchangeCode:s Extension:s FreeFormNumber:s Default:b
    Tag:s
  `,
  EmailAddress: `
    Id:s Address:s Default:b Tag:s
  `,
  WebSiteAddress: `
    Id:s URI:s Default:b Tag:s
  `,
  GenericContactType: `
    Id:s Name:s Value:s Type:s Default:b Tag:s
  `,
  ContactInfo: `
    Type:s Telephone:TelephoneNumber Email:EmailAddress WebSite:WebSiteAddress
    OtherContact:GenericContactType
  `,
  PhysicalAddress: `
    Id:s Line1:s Line2:s Line3:s Line4:s Line5:s City:s Country:s CountryCode:s County:s
    CountrySubDivisionCode:s PostalCode:s PostalCodeSuffix:s Lat:s Long:s Tag:s Note:s
  `,
  LinkedTxn: `
    TxnId:s TxnType:s TxnLineId:s
  `,
  MemoRef: `
    value:s id:s
  `,
  CustomExtensionAssociatedValues: `
    Key:s Value:s
  `,
  CustomExtensions: `
    ExtensionType:s AssociatedValues:CustomExtensionAssociatedValues[]
  `,
  Tag: `
    ...Entity Name:s
  `,
} as const;
