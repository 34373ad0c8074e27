/** Rows of what every developer's US sandbox holds, with the ids that it has there. Dates count back from today. */
export interface NameRow {
  readonly id: number;
  readonly name: string;
  readonly parentId?: number;
  readonly street?: string;
  readonly city?: string;
}

const names = (first: number, ...all: readonly string[]): NameRow[] =>
  all.map((name, index) => ({ id: first + index, name }));

export const CUSTOMERS: readonly NameRow[] = [
  { id: 1, name: "Amy's Bird Sanctuary", street: '4581 Finch St.', city: 'Bayshore' },
  { id: 2, name: "Bill's Windsurf Shop", street: '12 Ocean Dr.', city: 'Half Moon Bay' },
  { id: 3, name: 'Cool Cars', street: '65 Ocean Dr.', city: 'Half Moon Bay' },
  ...names(4, 'Diego Rodriguez', 'Dukes Basketball Camp', 'Dylan Sollfrank'),
  { id: 7, name: 'Freeman Sporting Goods', street: '370 Easy St.', city: 'Middlefield' },
  { id: 8, name: '0969 Ocean View Road', parentId: 7 },
  { id: 9, name: '55 Twin Lane', parentId: 7 },
  { id: 10, name: 'Geeta Kalapatapu', street: '1987 Main St.', city: 'Middlefield' },
  ...names(11, 'Gevelber Photography', "Jeff's Jalopies", 'John Melton', 'Kate Whelan', "Pye's Cakes"),
  ...names(16, 'Kookies by Kathy', 'Mark Cho', 'Paulsen Medical Supplies', 'Rago Travel Agency'),
  ...names(20, 'Red Rock Diner', 'Rondonuwu Fruit and Vegi', 'Shara Barnett'),
  { id: 23, name: 'Barnett Design', parentId: 22 },
  ...names(24, 'Sonnenschein Family Store', 'Sushi by Katsuyuki', 'Travis Waldron', 'Video Games by Dan'),
  { id: 28, name: 'Wedding Planning by Whitney', street: '135 Broadway', city: 'Menlo Park' },
  { id: 29, name: 'Weiskopf Consulting', street: '45612 Main St.', city: 'Bayshore' },
];

export const VENDORS: readonly NameRow[] = [
  ...names(30, 'Books by Bessie', 'Brosnahan Insurance Agency', 'Cal Telephone', "Chin's Gas and Oil"),
  ...names(34, 'Cigna Health Care', 'Computers by Jenni', "Diego's Road Warrior Bodyshop", 'EDD'),
  ...names(38, 'Ellis Equipment Rental', 'Fidelity', 'Hall Properties', 'Hicks Hardware', 'Lee Advertising'),
  ...names(
    43,
    'Mahoney Mugs',
    'Met Life Dental',
    'National Eye Care',
    'Norton Lumber and Building Materials',
  ),
  ...names(47, 'Pam Seitz', 'PG&E', 'Robertson & Associates', 'Squeaky Kleen Car Wash', "Tania's Nursery"),
  ...names(52, 'Tim Philip Masonry', 'Tony Rondonuwu'),
  ...names(56, "Bob's Burger Joint", 'United States Treasury'),
];

/** Accounts by id; a parent comes before its children. */
export const ACCOUNTS: readonly (readonly [
  id: number,
  name: string,
  type: string,
  subType: string,
  parentId?: number,
])[] = [
  [1, 'Services', 'Income', 'ServiceFeeIncome'],
  [2, 'Retained Earnings', 'Equity', 'RetainedEarnings'],
  [3, 'Prepaid Expenses', 'Other Current Asset', 'PrepaidExpenses'],
  [4, 'Undeposited Funds', 'Other Current Asset', 'UndepositedFunds'],
  [5, 'Fees Billed', 'Income', 'ServiceFeeIncome'],
  [7, 'Advertising', 'Expense', 'AdvertisingPromotional'],
  [8, 'Bank Charges', 'Expense', 'BankCharges'],
  [10, 'Dues & Subscriptions', 'Expense', 'DuesSubscriptions'],
  [11, 'Insurance', 'Expense', 'Insurance'],
  [12, 'Legal & Professional Fees', 'Expense', 'LegalProfessionalFees'],
  [13, 'Meals and Entertainment', 'Expense', 'EntertainmentMeals'],
  [15, 'Office Expenses', 'Expense', 'OfficeGeneralAdministrativeExpenses'],
  [17, 'Rent or Lease', 'Expense', 'RentOrLeaseOfBuildings'],
  [18, 'Repair & Maintenance', 'Expense', 'RepairMaintenance'],
  [22, 'Travel', 'Expense', 'Travel'],
  [24, 'Utilities', 'Expense', 'Utilities'],
  [25, 'Interest Earned', 'Other Income', 'InterestEarned'],
  [28, 'Penalties & Settlements', 'Other Expense', 'PenaltiesSettlements'],
  [33, 'Accounts Payable (A/P)', 'Accounts Payable', 'AccountsPayable'],
  [34, 'Opening Balance Equity', 'Equity', 'OpeningBalanceEquity'],
  [35, 'Checking', 'Bank', 'Checking'],
  [36, 'Savings', 'Bank', 'Savings'],
  [37, 'Truck', 'Fixed Asset', 'Vehicles'],
  [38, 'Original Cost', 'Fixed Asset', 'Vehicles', 37],
  [41, 'Mastercard', 'Credit Card', 'CreditCard'],
  [42, 'Visa', 'Credit Card', 'CreditCard'],
  [43, 'Loan Payable', 'Other Current Liability', 'LoanPayable'],
  [44, 'Notes Payable', 'Long Term Liability', 'NotesPayable'],
  [45, 'Landscaping Services', 'Income', 'OtherPrimaryIncome'],
  [46, 'Job Materials', 'Income', 'OtherPrimaryIncome', 45],
  [48, 'Fountains and Garden Lighting', 'Income', 'OtherPrimaryIncome', 46],
  [49, 'Plants and Soil', 'Income', 'OtherPrimaryIncome', 46],
  [50, 'Sprinklers and Drip Systems', 'Income', 'OtherPrimaryIncome', 46],
  [51, 'Labor', 'Income', 'OtherPrimaryIncome', 45],
  [52, 'Installation', 'Income', 'OtherPrimaryIncome', 51],
  [53, 'Maintenance and Repair', 'Income', 'OtherPrimaryIncome', 51],
  [54, 'Pest Control Services', 'Income', 'OtherPrimaryIncome'],
  [55, 'Automobile', 'Expense', 'Auto'],
  [56, 'Fuel', 'Expense', 'Auto', 55],
  [76, 'Gas and Electric', 'Expense', 'Utilities', 24],
  [77, 'Telephone', 'Expense', 'Utilities', 24],
  [79, 'Sales of Product Income', 'Income', 'SalesOfProductIncome'],
  [80, 'Cost of Goods Sold', 'Cost of Goods Sold', 'SuppliesMaterialsCogs'],
  [81, 'Inventory Asset', 'Other Current Asset', 'Inventory'],
  [82, 'Design income', 'Income', 'OtherPrimaryIncome'],
  [84, 'Accounts Receivable (A/R)', 'Accounts Receivable', 'AccountsReceivable'],
  [86, 'Discounts given', 'Income', 'DiscountsRefundsGiven'],
  [89, 'Sales Tax Payable', 'Other Current Liability', 'SalesTaxPayable'],
];

/** Services by id, each with the account that it earns for and its price. */
export const SERVICES: readonly (readonly [id: number, name: string, accountId: string, price: number])[] = [
  [1, 'Services', '1', 0],
  [2, 'Hours', '1', 0],
  [3, 'Concrete', '48', 0],
  [4, 'Design', '82', 75],
  [6, 'Gardening', '45', 0],
  [7, 'Installation', '52', 50],
  [8, 'Lighting', '48', 0],
  [9, 'Maintenance & Repair', '53', 0],
  [10, 'Pest Control', '54', 35],
  [12, 'Refunds & Allowances', '5', 0],
  [13, 'Rocks', '48', 0],
  [14, 'Sod', '49', 0],
  [15, 'Soil', '49', 10],
  [18, 'Trimming', '45', 35],
];

/** Goods that are kept in stock: price, cost, and how many there are. */
export const GOODS: readonly (readonly [
  id: number,
  name: string,
  price: number,
  cost: number,
  quantity: number,
])[] = [
  [5, 'Rock Fountain', 275, 125, 2],
  [11, 'Pump', 15, 10, 25],
  [16, 'Sprinkler Heads', 2, 0.75, 25],
  [17, 'Sprinkler Pipes', 4, 2.5, 31],
];

/** What was invoiced, and how much of it was paid. What stays open is what a sandbox shows. */
export const INVOICES: readonly (readonly [
  customerId: string,
  itemId: string,
  amount: number,
  paid: number,
  daysAgo: number,
])[] = [
  ['3', '4', 1675, 1675, 64],
  ['5', '10', 460.4, 460.4, 58],
  ['26', '4', 81, 81, 55],
  ['11', '4', 120, 120, 52],
  ['13', '4', 750, 300, 47],
  ['10', '5', 629.1, 0, 40],
  ['1', '5', 459, 220, 38],
  ['2', '7', 85, 0, 36],
  ['8', '5', 477.5, 0, 34],
  ['9', '18', 85, 0, 33],
  ['12', '4', 81, 0, 30],
  ['16', '4', 75, 0, 28],
  ['17', '16', 314.28, 0, 25],
  ['18', '5', 954.75, 0, 22],
  ['20', '10', 70, 0, 20],
  ['20', '10', 156, 0, 18],
  ['21', '10', 78.6, 0, 16],
  ['23', '4', 274.5, 0, 14],
  ['24', '4', 362.07, 0, 11],
  ['25', '10', 80, 0, 9],
  ['26', '4', 414.72, 0, 5],
  ['29', '4', 375, 0, 2],
];

/** Bills that wait to be paid. */
export const BILLS: readonly (readonly [
  vendorId: string,
  accountId: string,
  amount: number,
  daysAgo: number,
])[] = [
  ['31', '11', 241.23, 31],
  ['36', '18', 755, 27],
  ['46', '18', 205, 21],
  ['48', '76', 86.44, 12],
  ['49', '12', 315, 8],
];

/** Cheques and expenses that are paid. */
export const EXPENSES: readonly (readonly [
  vendorId: string,
  accountId: string,
  amount: number,
  docNumber: string | undefined,
])[] = [
  ['41', '18', 228.75, '75'],
  ['33', '56', 63.15, undefined],
  ['50', '55', 19.99, undefined],
  ['40', '17', 900, '76'],
];
