"""The vocabulary: each quantity with its shape, unit, meaning and domain, declared once."""

from __future__ import annotations

from typing import Annotated

from xlfuncs.core import units as u
from xlfuncs.core.errors import CellError
from xlfuncs.core.quantity import (
    Answer,
    CellAnswer,
    Cells,
    Labels,
    Name,
    Num,
    Quantity,
    Rows,
    Series,
    Spill,
    Table,
    TextAnswer,
)

# Tokens, queries and their prices
Queries = Annotated[Num, Quantity(u.COUNT_PER_PERIOD, "Queries in the period.", ge=0)]
QueriesPerDay = Annotated[Num, Quantity(u.PER_DAY, "Queries of a daily user in a day.", ge=0)]
UserQueries = Annotated[Num, Quantity(u.COUNT_PER_PERIOD, "Queries of one user in the period.", gt=0, nonzero=True)]
Tokens = Annotated[Num, Quantity(u.TOKENS, "Tokens per query, prompt and answer together.", ge=0)]
UserTokens = Annotated[Num, Quantity(u.TOKENS, "Tokens per query.", gt=0, nonzero=True)]
TokensIn = Annotated[Num, Quantity(u.TOKENS_PER_QUERY, "Prompt tokens per query.", ge=0)]
TokensOut = Annotated[Num, Quantity(u.TOKENS_PER_QUERY, "Answer tokens per query.", ge=0)]
CostPerToken = Annotated[Num, Quantity(u.USD_PER_PRICE_BASIS, "Price of price_basis tokens.", ge=0)]
PriceBasis = Annotated[
    Num,
    Quantity(u.TOKENS, "Tokens the price is quoted for.", options=(1.0, 1_000.0, 1_000_000.0)),
]
PriceIn = Annotated[Num, Quantity(u.USD_PER_MTOK, "Price of prompt tokens not in the cache.", ge=0)]
PriceOut = Annotated[Num, Quantity(u.USD_PER_MTOK, "Price of answer tokens.", ge=0)]
PriceCached = Annotated[Num, Quantity(u.USD_PER_MTOK, "Price of prompt tokens found in the cache.", ge=0)]
CacheHit = Annotated[Num, Quantity(u.SHARE, "Share of the prompt tokens found in the cache.", ge=0, le=1)]
FixedCost = Annotated[Num, Quantity(u.USD_PER_PERIOD, "Fixed cost of the period.", ge=0)]
CostStart = Annotated[Num, Quantity(u.USD_PER_MTOK, "Token cost today.", gt=0)]
CostFloor = Annotated[Num, Quantity(u.USD_PER_MTOK, "Cost that no progress removes.", ge=0)]
PriceStart = Annotated[Num, Quantity(u.USD_PER_MTOK, "Price at the start.", gt=0)]
PriceEnd = Annotated[Num, Quantity(u.USD_PER_MTOK, "Price at the end.", gt=0)]
Dates = Annotated[Series, Quantity(u.DATE, "Dates of the prices.")]
Prices = Annotated[Series, Quantity(u.USD_PER_MTOK, "Prices, one for each date.", gt=0)]
Confidence = Annotated[Num, Quantity(u.SHARE, "Confidence of the interval.", gt=0, lt=1)]
MtokPrice = Annotated[Num, Quantity(u.USD_PER_MTOK, "Price or cost of a million tokens.")]

MtokAnswer = Annotated[Answer, Quantity(u.USD_PER_MTOK, "Price of a million tokens.")]

# Time and rates
Years = Annotated[Num, Quantity(u.YEARS, "Years from today.", ge=0)]
Span = Annotated[Num, Quantity(u.YEARS, "Years between the two prices.", gt=0, nonzero=True)]
Horizon = Annotated[Num, Quantity(u.YEARS, "Years looked ahead.", gt=0)]
TargetYears = Annotated[Num, Quantity(u.YEARS, "Years within which the user must break even.", gt=0, nonzero=True)]
Days = Annotated[Num, Quantity(u.DAYS, "Days of training.", ge=0)]
TrainingDays = Annotated[Num, Quantity(u.DAYS, "Days of training.", gt=0, nonzero=True)]
Months = Annotated[Num, Quantity(u.MONTHS, "Months since the jump.", ge=0)]
PnlMonths = Annotated[Num, Quantity(u.MONTHS, "Months to lay out.", ge=1, whole=True)]
Decline = Annotated[
    Num,
    Quantity(u.PER_YEAR, "Yearly decline of the cost above its floor; 10x cheaper a year is 0.9.", ge=0, lt=1),
]
UsageGrowth = Annotated[Num, Quantity(u.PER_YEAR, "Yearly growth of the tokens a user takes.", gt=-1)]
ArpuGrowth = Annotated[Num, Quantity(u.PER_YEAR, "Yearly growth of the revenue per user.", gt=-1)]
UserGrowth = Annotated[Num, Quantity(u.PER_YEAR, "Yearly growth of the users.", gt=-1)]
Growth = Annotated[Num, Quantity(u.PER_YEAR, "Yearly growth.", gt=-1)]
YearlyDiscount = Annotated[Num, Quantity(u.PER_YEAR, "Discount rate.", gt=-1)]
PeriodsPerYear = Annotated[Num, Quantity(u.PERIODS_PER_YEAR, "Periods in a year.", gt=0)]
FromPerYear = Annotated[Num, Quantity(u.PERIODS_PER_YEAR, "Old periods in a year.", gt=0)]
ToPerYear = Annotated[Num, Quantity(u.PERIODS_PER_YEAR, "New periods in a year.", gt=0)]
FloorShare = Annotated[Num, Quantity(u.SHARE, "Cost floor as a share of the cost today.", ge=0, le=1)]
YearlyRate = Annotated[Num, Quantity(u.PER_YEAR, "Rate of change in a year.")]

# Accelerators and serving
GpuHour = Annotated[Num, Quantity(u.USD_PER_HOUR, "Cost of one accelerator-hour.", ge=0)]
Throughput = Annotated[
    Num, Quantity(u.TOKENS_PER_SECOND, "Tokens that an accelerator gives in a second.", gt=0, nonzero=True)
]
PrefillSpeed = Annotated[Num, Quantity(u.TOKENS_PER_SECOND, "Prompt tokens read in a second.", gt=0, nonzero=True)]
DecodeSpeed = Annotated[Num, Quantity(u.TOKENS_PER_SECOND, "Answer tokens written in a second.", gt=0, nonzero=True)]
TokenSpeed = Annotated[Num, Quantity(u.TOKENS_PER_SECOND, "Tokens in a second.")]
Utilisation = Annotated[
    Num, Quantity(u.SHARE, "Share of the hours in which the accelerator serves.", gt=0, le=1, nonzero=True)
]
PeakToMean = Annotated[Num, Quantity(u.RATIO, "Peak load over mean load.", ge=1)]
Accelerators = Annotated[Num, Quantity(u.ACCELERATORS, "Accelerators, not rounded.")]
ReplicaSize = Annotated[Num, Quantity(u.ACCELERATORS, "Accelerators that hold one copy of the model.", ge=1)]
Chips = Annotated[Num, Quantity(u.ACCELERATORS, "Accelerators in the training run.", ge=0)]
Capex = Annotated[Num, Quantity(u.USD, "System price per accelerator, all in.", ge=0)]
Life = Annotated[Num, Quantity(u.YEARS, "Years of service.", gt=0, nonzero=True)]
PowerKw = Annotated[Num, Quantity(u.KW, "Power of an accelerator with its share of the server.", ge=0)]
Pue = Annotated[Num, Quantity(u.RATIO, "Power usage effectiveness: site power over machine power.", ge=1)]
PowerPrice = Annotated[Num, Quantity(u.USD_PER_KWH, "Price of electricity.", ge=0)]
CapitalRate = Annotated[Num, Quantity(u.PER_YEAR, "Cost of the money in the hardware.", gt=-1)]
Residual = Annotated[Num, Quantity(u.SHARE, "Resale value at the end, as a share of the price.", ge=0, le=1)]
OpexOfCapex = Annotated[Num, Quantity(u.PER_YEAR, "Operating cost as a share of the price.", ge=0)]
LoadFactor = Annotated[Num, Quantity(u.SHARE, "Mean power drawn as a share of the rated power.", ge=0, le=1)]
Availability = Annotated[Num, Quantity(u.SHARE, "Share of the hours it is up.", gt=0, le=1, nonzero=True)]
Layers = Annotated[Num, Quantity(u.COUNT, "Layers of the model.", gt=0)]
KvHeads = Annotated[Num, Quantity(u.COUNT, "Key-value heads in a layer.", ge=0)]
HeadDim = Annotated[Num, Quantity(u.COUNT, "Numbers in a head.", ge=0)]
BytesPerValue = Annotated[Num, Quantity(u.BYTES, "Bytes of a cached number.", gt=0)]
LatentDim = Annotated[Num, Quantity(u.COUNT, "Numbers of a latent cache; 0 for grouped heads.", ge=0)]
KvBytes = Annotated[Num, Quantity(u.BYTES_PER_TOKEN, "Cache bytes of a token of context.", ge=0)]
KvBytesHeld = Annotated[Num, Quantity(u.BYTES_PER_TOKEN, "Cache bytes of a token of context.", gt=0, nonzero=True)]
Context = Annotated[Num, Quantity(u.TOKENS, "Tokens of context of a sequence.", ge=0)]
ContextHeld = Annotated[Num, Quantity(u.TOKENS, "Tokens of context of a sequence.", gt=0, nonzero=True)]
Batch = Annotated[Num, Quantity(u.SEQUENCES, "Sequences decoded together.", ge=1)]
Sequences = Annotated[Num, Quantity(u.SEQUENCES, "Sequences that fit.")]
ActiveParams = Annotated[Num, Quantity(u.BILLION_PARAMS, "Parameters that a token passes.", gt=0)]
ActiveParamsRead = Annotated[Num, Quantity(u.BILLION_PARAMS, "Parameters that a token passes.", gt=0, nonzero=True)]
ActiveParamsTrained = Annotated[Num, Quantity(u.BILLION_PARAMS, "Parameters that a token passes.", ge=0)]
TotalParams = Annotated[Num, Quantity(u.BILLION_PARAMS, "All parameters of the model.", gt=0)]
TotalParamsWanted = Annotated[Num, Quantity(u.BILLION_PARAMS, "All parameters of the model.", ge=0)]
DenseParams = Annotated[Num, Quantity(u.BILLION_PARAMS, "Parameters read for every token.", ge=0)]
Params = Annotated[Num, Quantity(u.BILLION_PARAMS, "Parameters.", gt=0)]
WeightBytes = Annotated[Num, Quantity(u.BYTES_PER_PARAM, "Bytes of a weight.", gt=0)]
PeakTflops = Annotated[Num, Quantity(u.TFLOPS, "Dense peak arithmetic of an accelerator.", ge=0)]
PeakTflopsUsed = Annotated[Num, Quantity(u.TFLOPS, "Dense peak arithmetic of an accelerator.", gt=0)]
PeakTflopsHired = Annotated[Num, Quantity(u.TFLOPS, "Dense peak arithmetic of an accelerator.", gt=0, nonzero=True)]
Bandwidth = Annotated[Num, Quantity(u.TBS, "Memory bandwidth of an accelerator.", gt=0)]
Memory = Annotated[Num, Quantity(u.GB, "Memory of an accelerator.", gt=0)]
Usable = Annotated[Num, Quantity(u.SHARE, "Share of the memory for weights and cache.", gt=0, le=1)]
Mfu = Annotated[Num, Quantity(u.SHARE, "Model FLOP utilisation: arithmetic used over peak.", ge=0, le=1)]
MfuUsed = Annotated[Num, Quantity(u.SHARE, "Model FLOP utilisation: arithmetic used over peak.", gt=0, le=1)]
MfuHired = Annotated[
    Num, Quantity(u.SHARE, "Model FLOP utilisation: arithmetic used over peak.", gt=0, le=1, nonzero=True)
]
Mbu = Annotated[Num, Quantity(u.SHARE, "Memory bandwidth utilisation: traffic over peak.", gt=0, le=1)]
AttentionGflop = Annotated[Num, Quantity(u.GFLOP_PER_TOKEN, "Attention arithmetic of a token.", ge=0)]
OverheadMs = Annotated[Num, Quantity(u.MILLISECONDS, "Communication and waiting in a step.", ge=0)]
Experts = Annotated[Num, Quantity(u.COUNT, "Experts in a layer; 0 for a dense model.", ge=0)]
ActiveExperts = Annotated[Num, Quantity(u.COUNT, "Experts that a token passes.", ge=0)]
EnergyPerToken = Annotated[Num, Quantity(u.JOULE_PER_TOKEN, "Energy of a token.")]
HourCostCn = Annotated[Num, Quantity(u.USD_PER_HOUR, "Cost of the Chinese hardware, per hour or in all.", gt=0)]
HourCostUs = Annotated[Num, Quantity(u.USD_PER_HOUR, "Cost of the US hardware, as for cost_cn.", gt=0)]
CapacityCn = Annotated[Num, Quantity(u.CAPACITY, "What the workload takes of it: TFLOP/s, TB/s or GB.", gt=0)]
CapacityUs = Annotated[Num, Quantity(u.CAPACITY, "The same capacity of the US hardware.", gt=0)]
Efficiency = Annotated[Num, Quantity(u.SHARE, "Share of the capacity put to use (MFU or MBU).", gt=0)]
AlgorithmicGain = Annotated[
    Num, Quantity(u.MULTIPLE, "How many times less compute the task takes through better algorithms.", gt=0)
]
Premium = Annotated[Num, Quantity(u.SHARE, "Extra cost as a share of the US cost.")]

# Training and physics
TrainingTokens = Annotated[Num, Quantity(u.TRILLION_TOKENS, "Training tokens.", ge=0)]
TrainedTokens = Annotated[Num, Quantity(u.TRILLION_TOKENS, "Training tokens.", gt=0)]
Flops = Annotated[Num, Quantity(u.FLOP, "Training compute.", gt=0)]
CoefficientA = Annotated[Num, Quantity(u.COEFFICIENT, "Scaling-law coefficient of the parameters.", gt=0)]
CoefficientB = Annotated[Num, Quantity(u.COEFFICIENT, "Scaling-law coefficient of the tokens.", gt=0)]
ExponentAlpha = Annotated[Num, Quantity(u.COEFFICIENT, "Scaling-law exponent of the parameters.", gt=0)]
ExponentBeta = Annotated[Num, Quantity(u.COEFFICIENT, "Scaling-law exponent of the tokens.", gt=0)]
LossFloor = Annotated[Num, Quantity(u.NATS, "Loss that no size removes.", ge=0)]
Loss = Annotated[Num, Quantity(u.NATS, "Loss.")]
TokensPerParam = Annotated[Num, Quantity(u.TOKENS_PER_PARAM, "Training tokens per active parameter.", gt=0)]
TokensPerParamSet = Annotated[
    Num, Quantity(u.TOKENS_PER_PARAM, "Training tokens per active parameter.", gt=0, nonzero=True)
]
Sparsity = Annotated[Num, Quantity(u.RATIO, "All parameters over active ones; 1 for a dense model.", ge=1)]
BitsPerToken = Annotated[Num, Quantity(u.BITS, "Bits erased for a token.", ge=0)]
Temperature = Annotated[Num, Quantity(u.KELVIN, "Temperature.", gt=0)]
FlopPerToken = Annotated[Num, Quantity(u.FLOP, "Arithmetic of a token.", ge=0)]
FlopPerJoule = Annotated[Num, Quantity(u.FLOP_PER_JOULE, "Arithmetic per joule.", gt=0, nonzero=True)]
BytesMoved = Annotated[Num, Quantity(u.BYTES, "Bytes moved for a token.", ge=0)]
PjPerBit = Annotated[Num, Quantity(u.PJ_PER_BIT, "Energy to move a bit.", ge=0)]
DenseTops = Annotated[Num, Quantity(u.TOPS, "Dense operations in a second.", ge=0)]
BitLength = Annotated[Num, Quantity(u.BITS, "Bits of the operation.", gt=0)]
Tpp = Annotated[Num, Quantity(u.TPP, "Total processing performance.")]

# Users and adoption
Users = Annotated[Num, Quantity(u.USERS, "Users.", ge=0)]
DailyUsers = Annotated[Num, Quantity(u.USERS, "Daily active users.", ge=0)]
DailyUsersSeen = Annotated[Num, Quantity(u.USERS, "Daily active users.", gt=0, nonzero=True)]
UsersSharing = Annotated[Num, Quantity(u.USERS, "Users who share the fixed cost.", gt=0, nonzero=True)]
UsersBefore = Annotated[Num, Quantity(u.USERS, "Users before the jump.", ge=0)]
UsersPeak = Annotated[Num, Quantity(u.USERS, "Users right after the jump.", ge=0)]
UsersStart = Annotated[Num, Quantity(u.USERS, "Users today.", ge=0)]
Market = Annotated[Num, Quantity(u.USERS, "All who will ever adopt.", gt=0)]
Innovation = Annotated[Num, Quantity(u.PER_YEAR, "Coefficient of innovation.", gt=0)]
Imitation = Annotated[Num, Quantity(u.PER_YEAR, "Coefficient of imitation.", ge=0)]
KeepShare = Annotated[Num, Quantity(u.SHARE, "Share of the added users kept for good.", ge=0, le=1)]
Halflife = Annotated[Num, Quantity(u.MONTHS, "Half-life of the others.", gt=0, nonzero=True)]
Reach = Annotated[Num, Quantity(u.USERS, "People who could see it.", ge=0)]
StepRates = Annotated[Series, Quantity(u.SHARE, "Share that passes each step.", ge=0, le=1)]
Samples = Annotated[Num, Quantity(u.SAMPLES, "Usable samples for one training cycle.", ge=0)]
Events = Annotated[Num, Quantity(u.PER_DAY, "Events that a user gives in a day.", gt=0, nonzero=True)]
UsableShare = Annotated[Num, Quantity(u.SHARE, "Share of the events fit to train on.", gt=0, le=1, nonzero=True)]
LatencyDays = Annotated[Num, Quantity(u.DAYS, "Days from event to training set.", ge=0)]
CycleDays = Annotated[Num, Quantity(u.DAYS, "Days of a cycle.")]
OnDay = Annotated[Num, Quantity(u.DAYS, "Day asked for.", gt=0)]
Day1 = Annotated[Num, Quantity(u.DAYS, "First day with a known rate.", gt=0)]
Day2 = Annotated[Num, Quantity(u.DAYS, "Later day with a known rate.", gt=0)]
Rate1 = Annotated[Num, Quantity(u.SHARE, "Share retained on day_1.", gt=0, le=1)]
Rate2 = Annotated[Num, Quantity(u.SHARE, "Share retained on day_2.", gt=0, le=1)]
Share = Annotated[Num, Quantity(u.SHARE, "Share.")]

# Revenue, margin and customers
AdArpu = Annotated[Num, Quantity(u.USD_PER_USER_MONTH, "Advertising revenue per user.", ge=0)]
SubConversion = Annotated[Num, Quantity(u.SHARE, "Share of users who pay.", ge=0, le=1)]
SubPrice = Annotated[Num, Quantity(u.USD_PER_MONTH, "Price of the subscription.", ge=0)]
PlatformFee = Annotated[Num, Quantity(u.SHARE, "Share of the price that the store keeps.", ge=0, lt=1)]
ApiArpu = Annotated[Num, Quantity(u.USD_PER_USER_MONTH, "API revenue per user.", ge=0)]
MonthlyArpu = Annotated[Num, Quantity(u.USD_PER_USER_MONTH, "Revenue per user.", ge=0)]
MarginArpu = Annotated[Num, Quantity(u.USD_PER_USER_MONTH, "Revenue per user.", nonzero=True)]
PeriodArpu = Annotated[Num, Quantity(u.USD_PER_USER_PERIOD, "Revenue per user in the period.", ge=0)]
YearlyArpu = Annotated[Num, Quantity(u.USD_PER_USER_YEAR, "Net revenue per user and year.", ge=0)]
YearlyUnitCost = Annotated[Num, Quantity(u.USD_PER_USER_YEAR, "Inference cost per user and year.", ge=0)]
UnitCost = Annotated[Num, Quantity(u.USD_PER_USER_MONTH, "Inference cost per user.", ge=0)]
OtherVariable = Annotated[Num, Quantity(u.USD_PER_USER_MONTH, "Other variable cost per user.", ge=0)]
PeriodVariable = Annotated[Num, Quantity(u.USD_PER_USER_PERIOD, "Other variable cost per user.", ge=0)]
TargetMargin = Annotated[Num, Quantity(u.SHARE, "Margin to be left, as a share of the revenue.", lt=1)]
RevenueShare = Annotated[Num, Quantity(u.SHARE, "Share of revenue paid to the host platform.", ge=0, lt=1)]
Price = Annotated[Num, Quantity(u.CURRENCY, "Price asked.", ge=0)]
WtpMedian = Annotated[Num, Quantity(u.CURRENCY, "Median willingness to pay.", gt=0)]
WtpSigma = Annotated[Num, Quantity(u.LOG_SD, "Spread of the willingness to pay.", gt=0)]
Arpa = Annotated[Num, Quantity(u.USD_PER_PERIOD, "Average revenue per account and period.")]
GrossMargin = Annotated[Num, Quantity(u.SHARE, "Gross margin on the revenue.", le=1)]
Churn = Annotated[Num, Quantity(u.PER_PERIOD, "Share of customers lost in a period.", ge=0, le=1)]
PaybackChurn = Annotated[Num, Quantity(u.PER_PERIOD, "Share of customers lost in a period.", ge=0, lt=1)]
PeriodDiscount = Annotated[Num, Quantity(u.PER_PERIOD, "Discount rate of a period.", gt=-1)]
SbgDiscount = Annotated[Num, Quantity(u.PER_PERIOD, "Discount rate of a period.", gt=0)]
Expansion = Annotated[Num, Quantity(u.PER_PERIOD, "Growth of the margin of a customer who stays.", gt=-1)]
Timing = Annotated[Num, Quantity(u.FLAG, "1: first margin now; 0: after one period.", options=(0.0, 1.0))]
Periods = Annotated[Num, Quantity(u.PERIODS, "Periods counted; 0 for all of them.", ge=0)]
WholePeriods = Annotated[Num, Quantity(u.PERIODS, "Periods counted; 0 for all of them.", ge=0, whole=True)]
Renewals = Annotated[Num, Quantity(u.PERIODS, "Renewals since the start.", ge=0, whole=True)]
ShapeAlpha = Annotated[Num, Quantity(u.SHAPE, "First shape of the churn propensity.", gt=0)]
ShapeBeta = Annotated[Num, Quantity(u.SHAPE, "Second shape of the churn propensity.", gt=0)]
Survival = Annotated[Series, Quantity(u.SHARE, "Share of a cohort alive after renewals 1, 2, 3, ...", gt=0, lt=1)]
Margin = Annotated[Num, Quantity(u.USD_PER_PERIOD, "Margin of a customer and period.")]
SalesMarketing = Annotated[Num, Quantity(u.USD, "Sales and marketing spend.", ge=0)]
NewCustomers = Annotated[Num, Quantity(u.COUNT, "Customers won with it.", gt=0, nonzero=True)]
Incentives = Annotated[Num, Quantity(u.USD, "Subsidies and gifts to new customers.", ge=0)]
OrganicShare = Annotated[Num, Quantity(u.SHARE, "Share of new customers who would have come anyway.", ge=0, le=1)]
Cac = Annotated[Num, Quantity(u.USD_PER_CUSTOMER, "Cost to acquire one customer.", ge=0)]
CacPaid = Annotated[Num, Quantity(u.USD_PER_CUSTOMER, "Cost to acquire one customer.", gt=0, nonzero=True)]
CustomerValue = Annotated[Num, Quantity(u.USD_PER_CUSTOMER, "Value of a customer.")]
StartArr = Annotated[Num, Quantity(u.USD, "Recurring revenue at the start.", gt=0, nonzero=True)]
ExpansionArr = Annotated[Num, Quantity(u.USD, "Recurring revenue added by those customers.", ge=0)]
ContractionArr = Annotated[Num, Quantity(u.USD, "Recurring revenue they cut.", ge=0)]
ChurnedArr = Annotated[Num, Quantity(u.USD, "Recurring revenue of those who left.", ge=0)]
SoftwareShare = Annotated[Num, Quantity(u.SHARE, "Share of revenue from software.", ge=0, le=1)]
SoftwareMargin = Annotated[Num, Quantity(u.SHARE, "Gross margin of the software.", le=1)]
ServicesMargin = Annotated[Num, Quantity(u.SHARE, "Gross margin of the services.", le=1)]
NetBurn = Annotated[Num, Quantity(u.USD, "Cash burnt in the period.")]
NetNewArr = Annotated[Num, Quantity(u.USD, "Recurring revenue added in the period, net.")]
RevenueGrowth = Annotated[Num, Quantity(u.PER_YEAR, "Growth of the revenue.", gt=-1)]
ProfitMargin = Annotated[Num, Quantity(u.SHARE, "Profit or free cash flow margin.")]
GrowthWeight = Annotated[Num, Quantity(u.WEIGHT, "Weight of growth against margin.", gt=0)]
RevenueQuarter = Annotated[Num, Quantity(u.USD, "Revenue of this quarter.")]
RevenuePrevious = Annotated[Num, Quantity(u.USD, "Revenue of the quarter before.")]
SalesMarketingPrevious = Annotated[
    Num, Quantity(u.USD, "Sales and marketing of the quarter before.", gt=0, nonzero=True)
]
MonthlyFixed = Annotated[Num, Quantity(u.USD_PER_MONTH, "Fixed cost of a month.", ge=0)]
CostRatio = Annotated[Num, Quantity(u.RATIO, "Inference cost over net revenue of a user, today.", ge=0)]
CostRatioAbove = Annotated[Num, Quantity(u.RATIO, "Inference cost over net revenue of a user, today.", gt=0)]
Boundary = Annotated[Num, Quantity(u.FLAG, "1: start of the profit window; 2: its end.", options=(1.0, 2.0))]
ChurnHazard = Annotated[Num, Quantity(u.PER_YEAR, "Hazard of leaving, -ln(share kept a year).", ge=0)]
CashFlows = Annotated[Series, Quantity(u.USD_PER_PERIOD, "Cash of each period; outflows negative.")]
PvInflows = Annotated[Num, Quantity(u.USD, "Present value of the inflows.", ge=0)]
PvOutflows = Annotated[Num, Quantity(u.USD, "Present value of the outflows.", gt=0, nonzero=True)]
NamedInputs = Annotated[
    Table,
    Quantity(u.AS_NAMED, "Rows of name and value, the names as in SUPERAPP_PNL.", columns=(str, object)),
]
Status = Annotated[Name, Quantity(u.TEXT, "Verdict.")]
Usd = Annotated[Num, Quantity(u.USD, "Money.")]
UsdPerPeriod = Annotated[Num, Quantity(u.USD_PER_PERIOD, "Money in the period.")]
UsdPerUserMonth = Annotated[Num, Quantity(u.USD_PER_USER_MONTH, "Money per user and month.")]
UsdPerUser = Annotated[Num, Quantity(u.USD_PER_USER, "Money per user.")]
UsdPerLogGrowth = Annotated[Num, Quantity(u.USD_PER_LOG_GROWTH, "Change of value.")]
HourCost = Annotated[Num, Quantity(u.USD_PER_HOUR, "Cost of an accelerator-hour.")]
PeriodRate = Annotated[Num, Quantity(u.PER_PERIOD, "Rate of a period.")]
PeriodsNeeded = Annotated[Num, Quantity(u.PERIODS, "Periods.")]
YearsNeeded = Annotated[Num, Quantity(u.YEARS, "Years.")]
Ratio = Annotated[Num, Quantity(u.RATIO, "Ratio.")]

# Valuation
Valuation = Annotated[Num, Quantity(u.USD, "Valuation of the company.")]
PeriodRevenue = Annotated[Num, Quantity(u.USD_PER_PERIOD, "Revenue of the last period.", gt=0, nonzero=True)]
EquityWeight = Annotated[Num, Quantity(u.SHARE, "Equity over all capital.", ge=0, le=1)]
RiskFree = Annotated[Num, Quantity(u.PER_YEAR, "Risk-free rate.")]
Beta = Annotated[Num, Quantity(u.RATIO, "Beta.", ge=0)]
EquityPremium = Annotated[Num, Quantity(u.PER_YEAR, "Equity risk premium of a mature market.")]
CountryRisk = Annotated[Num, Quantity(u.PER_YEAR, "Country risk premium.", ge=0)]
Exposure = Annotated[Num, Quantity(u.RATIO, "Exposure to the country risk.", ge=0)]
Illiquidity = Annotated[Num, Quantity(u.PER_YEAR, "Premium for an illiquid stake.", ge=0)]
CostOfDebt = Annotated[Num, Quantity(u.PER_YEAR, "Cost of debt before tax.")]
TaxRate = Annotated[Num, Quantity(u.SHARE, "Tax rate.", ge=0, lt=1)]
StageGrowth = Annotated[Num, Quantity(u.PER_YEAR, "Growth of revenue in the first stage.", gt=-1)]
YearsHigh = Annotated[Num, Quantity(u.YEARS, "Years of the first stage.", ge=0, whole=True)]
YearsHighSolved = Annotated[Num, Quantity(u.YEARS, "Years of the first stage.", ge=1, whole=True)]
YearsFade = Annotated[Num, Quantity(u.YEARS, "Years in which growth fades.", ge=0, whole=True)]
TerminalGrowth = Annotated[Num, Quantity(u.PER_YEAR, "Growth for ever after.", gt=-1)]
MarginStart = Annotated[Num, Quantity(u.SHARE, "Gross margin today.", le=1)]
MarginEnd = Annotated[Num, Quantity(u.SHARE, "Gross margin in the last explicit year.", le=1)]
OpexStart = Annotated[Num, Quantity(u.SHARE, "Operating cost over revenue today.", ge=0)]
OpexEnd = Annotated[Num, Quantity(u.SHARE, "Operating cost over revenue at scale.", ge=0)]
SalesToCapital = Annotated[Num, Quantity(u.RATIO, "Revenue added per dollar of capital.", gt=0, nonzero=True)]
Wacc = Annotated[Num, Quantity(u.PER_YEAR, "Weighted average cost of capital.", gt=-1)]
RoicTerminal = Annotated[Num, Quantity(u.PER_YEAR, "Return on new capital for ever after.", nonzero=True)]
MidYear = Annotated[Num, Quantity(u.FLAG, "1: flows at mid-year; 0: at year-end.", options=(0.0, 1.0))]
OpexScale = Annotated[Num, Quantity(u.RATIO, "1: the excess is a fixed amount; 0: a constant share.")]
ObservedMultiple = Annotated[Num, Quantity(u.MULTIPLE, "Multiple that the market pays.", gt=0)]
FairMultiple = Annotated[Num, Quantity(u.MULTIPLE, "Multiple that the cash flows justify.", gt=0)]
GrowthLow = Annotated[Num, Quantity(u.PER_YEAR, "Lowest growth tried.", gt=-1)]
GrowthHigh = Annotated[Num, Quantity(u.PER_YEAR, "Highest growth tried.", gt=-1)]
Multiple = Annotated[Num, Quantity(u.MULTIPLE, "Multiple.")]
LogRatio = Annotated[Num, Quantity(u.LOG_RATIO, "Natural logarithm of a ratio.")]

DiscountTo = Annotated[Num, Quantity(u.PER_YEAR, "Rate in the currency held.", gt=-1)]
InflationFrom = Annotated[Num, Quantity(u.PER_YEAR, "Inflation of the currency held.", gt=-1)]
InflationTo = Annotated[Num, Quantity(u.PER_YEAR, "Inflation of the currency wanted.", gt=-1)]
RunRate = Annotated[Num, Quantity(u.USD_PER_YEAR, "Run-rate revenue today.", gt=0)]
InferenceShare = Annotated[Num, Quantity(u.SHARE, "Inference cost over revenue today.", ge=0)]
OtherCogs = Annotated[Num, Quantity(u.SHARE, "Other cost of revenue.", ge=0)]
NetUsageGrowth = Annotated[Num, Quantity(u.PER_YEAR, "Growth of usage over that of revenue.", gt=-1)]
SaasMultiple = Annotated[Num, Quantity(u.MULTIPLE, "Multiple of software companies.", gt=0)]
SaasMargin = Annotated[Num, Quantity(u.SHARE, "Gross margin of software companies.", gt=0, nonzero=True)]
AiMargin = Annotated[Num, Quantity(u.SHARE, "Contribution margin of the AI company, after inference.", le=1)]
SaasRetention = Annotated[Num, Quantity(u.RATIO, "Revenue that software companies retain in a year.", gt=0)]
AiRetention = Annotated[Num, Quantity(u.RATIO, "Revenue that the AI company retains in a year.", ge=0)]
SaasHorizon = Annotated[Num, Quantity(u.YEARS, "Years counted.", ge=1)]
UserChange = Annotated[Num, Quantity(u.SHARE, "Change of the users.")]
ValueChange = Annotated[Num, Quantity(u.SHARE, "Change of the value.")]
ObservedAny = Annotated[Num, Quantity(u.MULTIPLE, "Multiple or value that the market pays.", gt=0, nonzero=True)]
FairAny = Annotated[Num, Quantity(u.MULTIPLE, "Multiple or value that the cash flows justify.")]
AssetValue = Annotated[Num, Quantity(u.USD, "Value without the events.")]
Hazard = Annotated[Num, Quantity(u.PER_YEAR, "Events in a year.", ge=0)]
EventLoss = Annotated[Num, Quantity(u.SHARE, "Share of the value lost in an event.", ge=0, le=1)]
AnyRate = Annotated[Num, Quantity(u.PER_YEAR, "Discount rate.")]
AnyGrowth = Annotated[Num, Quantity(u.PER_YEAR, "Growth for ever.")]

# The asymmetry of two countries
UsValues = Annotated[Series, Quantity(u.NUMBER, "Indicators of the US; a blank is a missing value.", missing=True)]
CnValues = Annotated[
    Series, Quantity(u.NUMBER, "The same indicators of China; a blank is a missing value.", missing=True)
]
Direction = Annotated[Series, Quantity(u.SIGN, "1 where more is better, -1 where less is.", options=(-1.0, 1.0))]
Weights = Annotated[Series, Quantity(u.WEIGHT, "Weight of each indicator in its vector.", ge=0)]
Vectors = Annotated[Labels, Quantity(u.TEXT, "Vector to which each indicator belongs.")]
VectorWeights = Annotated[Table, Quantity(u.WEIGHT, "Rows of vector and weight.", columns=(str, object))]
Kinds = Annotated[Labels, Quantity(u.TEXT, "How each indicator is compared: ratio, share or diff.")]
Scales = Annotated[Series, Quantity(u.NUMBER, "Scale of each diff indicator; blank for the others.", missing=True)]
Cap = Annotated[Num, Quantity(u.RATIO, "Largest ratio of one indicator that is counted.", gt=1)]
MinCoverage = Annotated[Num, Quantity(u.SHARE, "Share of a vector's weight that must be observed.", ge=0, le=1)]
QuantileAsked = Annotated[Num, Quantity(u.SHARE, "Quantile, 0.05 for the low end of a 90% interval.", ge=0, le=1)]
RelativeError = Annotated[Series, Quantity(u.SHARE, "Relative error of a value: one, or one each.", ge=0)]
WeightSpread = Annotated[Num, Quantity(u.LOG_SD, "Spread of the weights.", ge=0)]
Draws = Annotated[Num, Quantity(u.COUNT, "Random draws, an even count.", ge=100, le=1_000_000, whole=True)]
Seed = Annotated[Num, Quantity(u.COUNT, "Seed of the random numbers.", ge=0, whole=True)]
Score = Annotated[Answer, Quantity(u.SCORE, "Score; above 0 the US leads.")]
Intensity = Annotated[Answer, Quantity(u.INTENSITY, "How far apart, whoever leads.")]
Polarity = Annotated[Answer, Quantity(u.UNIT_INTERVAL, "0: one side leads everywhere; 1: the leads cancel.")]
Probability = Annotated[Answer, Quantity(u.PROBABILITY, "Probability.")]

# The capital stack
CostShares = Annotated[
    Series, Quantity(u.SHARE, "Share of each layer's revenue paid to the layer below, from the top.", ge=0, le=1)
]
EndRevenue = Annotated[Num, Quantity(u.USD, "Revenue from the end users.", ge=0)]
Revenues = Annotated[Series, Quantity(u.USD, "Revenue of each layer.", ge=0)]
GrossMargins = Annotated[Series, Quantity(u.SHARE, "Gross margin of each layer.", le=1)]
Shares = Annotated[Series, Quantity(u.NUMBER, "Market shares on any scale.", ge=0)]
Concentration = Annotated[Num, Quantity(u.HHI, "Concentration.")]
GapStart = Annotated[Num, Quantity(u.POINTS, "Gap today.", ge=0)]
PersistentGap = Annotated[Num, Quantity(u.POINTS, "Gap that stays for ever.", ge=0)]
HalflifeYears = Annotated[Num, Quantity(u.YEARS, "Half-life of the rest.", gt=0, nonzero=True)]
PointGap = Annotated[Num, Quantity(u.POINTS, "Gap.")]
QualityGap = Annotated[Num, Quantity(u.POINTS, "Quality lead over the rival.")]
Theta = Annotated[Num, Quantity(u.COEFFICIENT, "Log price that a buyer pays for a unit of the gap.", ge=0)]
Elasticity = Annotated[Num, Quantity(u.COEFFICIENT, "Slope of the logit in the log price.", gt=1)]
UnitCostMtok = Annotated[Num, Quantity(u.USD_PER_MTOK, "Cost of a million tokens.", gt=0)]
RivalPrice = Annotated[Num, Quantity(u.USD_PER_MTOK, "Price of the rival.", gt=0)]
CostShare = Annotated[Num, Quantity(u.SHARE, "Share of revenue paid to the layer below.", ge=0, le=1)]
LogPriceChange = Annotated[Num, Quantity(u.LOG_RATIO, "Log change of the price of that input.")]
PassThrough = Annotated[Num, Quantity(u.SHARE, "Share of it passed on to customers.", ge=0, le=1)]
TakeChange = Annotated[Num, Quantity(u.SHARE, "Change of the distributor's take, of revenue.", lt=1)]
FrictionScores = Annotated[
    Series,
    Quantity(u.UNIT_INTERVAL, "Friction of integration, data, parties, retraining and contract.", ge=0, le=1),
]
FrictionWeights = Annotated[Series, Quantity(u.WEIGHT, "Weight of each.", ge=0)]
Power = Annotated[Num, Quantity(u.COEFFICIENT, "Power of the mean; 0 is geometric.")]
FrictionAnswer = Annotated[Answer, Quantity(u.UNIT_INTERVAL, "Friction of removal.")]
Friction = Annotated[Num, Quantity(u.UNIT_INTERVAL, "Friction of removal.", ge=0, le=1)]
ChurnFree = Annotated[Num, Quantity(u.PER_YEAR, "Yearly churn without friction.", gt=0, lt=1)]
ChurnLocked = Annotated[Num, Quantity(u.PER_YEAR, "Yearly churn at full friction.", gt=0, lt=1)]
SwitchingCost = Annotated[Num, Quantity(u.USD, "Cost to switch, once.", ge=0)]
AnnualSaving = Annotated[Num, Quantity(u.USD_PER_YEAR, "Saving of a year after it.", gt=0, nonzero=True)]

# Automation and efficiency
Fte = Annotated[Num, Quantity(u.FTE, "Staff who do the work.", ge=0)]
FtePaid = Annotated[Num, Quantity(u.FTE, "Staff who do the work.", gt=0, nonzero=True)]
LoadedWage = Annotated[Num, Quantity(u.USD_PER_FTE_YEAR, "Wage with all that comes on top.", ge=0)]
TimeShare = Annotated[Num, Quantity(u.SHARE, "Share of the time that can be automated.", ge=0, le=1)]
Adoption = Annotated[Num, Quantity(u.SHARE, "Share of it in which the tool is used.", ge=0, le=1)]
SuccessRate = Annotated[Num, Quantity(u.SHARE, "Share of tasks done right.", ge=0, le=1)]
SuccessAbove = Annotated[Num, Quantity(u.SHARE, "Share of tasks done right.", gt=0, le=1, nonzero=True)]
Realisation = Annotated[Num, Quantity(u.SHARE, "Share of the saving that turns into cash.", ge=0, le=1)]
CycleValue = Annotated[Num, Quantity(u.USD_PER_YEAR, "Value of shorter cycles.", ge=0)]
AnnualBenefit = Annotated[Num, Quantity(u.USD_PER_YEAR, "Benefit of a year.", ge=0)]
RunCost = Annotated[Num, Quantity(u.USD_PER_YEAR, "Cost to run it for a year.", ge=0)]
Upfront = Annotated[Num, Quantity(u.USD, "Cost to set it up.", ge=0)]
RampYears = Annotated[Num, Quantity(u.YEARS, "Years until the full benefit.", ge=0)]
DelayYears = Annotated[Num, Quantity(u.YEARS, "Years of compliance before it starts.", ge=0)]
RunCostDecline = Annotated[Num, Quantity(u.PER_YEAR, "Yearly decline of the cost to run it.", ge=0, lt=1)]
EffectiveShare = Annotated[Num, Quantity(u.SHARE, "Time x adoption x success x realisation.", gt=0, le=1, nonzero=True)]
TokensPerTask = Annotated[Num, Quantity(u.TOKENS, "Tokens of one attempt.", ge=0)]
TokenPrice = Annotated[Num, Quantity(u.USD_PER_MTOK, "Price of a million tokens.", ge=0)]
ReviewMinutes = Annotated[Num, Quantity(u.MINUTES, "Review of one attempt.", ge=0)]
WagePerHour = Annotated[Num, Quantity(u.USD_PER_WORK_HOUR, "Wage of the reviewer.", ge=0)]
DaysSaved = Annotated[Num, Quantity(u.DAYS, "Days saved in a cycle.", ge=0)]
FlowPerDay = Annotated[Num, Quantity(u.USD_PER_DAY, "Money tied up for each day.", ge=0)]
MarginPerDay = Annotated[Num, Quantity(u.USD_PER_YEAR, "Margin of a year for each day saved.")]
MonthlyBenefit = Annotated[Num, Quantity(u.USD_PER_MONTH, "Benefit of a month.")]
DelayMonths = Annotated[Num, Quantity(u.MONTHS, "Months of delay.", ge=0)]
MonthlyDiscount = Annotated[Num, Quantity(u.PER_MONTH, "Discount rate of a month.", gt=-1)]
AttemptCost = Annotated[Num, Quantity(u.USD_PER_TASK, "Cost of one attempt.", ge=0)]
VerifyCost = Annotated[Num, Quantity(u.USD_PER_TASK, "Cost to verify one attempt.", ge=0)]
FailureCost = Annotated[Num, Quantity(u.USD_PER_TASK, "Damage of a failed attempt.", ge=0)]
MaxAttempts = Annotated[Num, Quantity(u.COUNT, "Most attempts; 0 until success.", ge=0, whole=True)]
FallbackCost = Annotated[Num, Quantity(u.USD_PER_TASK, "Cost after the last failure.", ge=0)]
FrontierCost = Annotated[Num, Quantity(u.USD_PER_TASK, "Cost of the frontier model for a task done.", ge=0)]
SmallCost = Annotated[Num, Quantity(u.USD_PER_TASK, "Cost of the small model for a task done.", ge=0)]
TuningCost = Annotated[Num, Quantity(u.USD, "Cost of the fine-tuning.", ge=0)]
TuningMonths = Annotated[Num, Quantity(u.MONTHS, "Months over which it must pay.", gt=0, nonzero=True)]
UsdPerTask = Annotated[Num, Quantity(u.USD_PER_TASK, "Cost of a task done.")]
UsdPerYear = Annotated[Num, Quantity(u.USD_PER_YEAR, "Money of a year.")]
Wage = Annotated[Num, Quantity(u.USD_PER_FTE_YEAR, "Wage.")]
TasksPerMonth = Annotated[Num, Quantity(u.TASKS_PER_MONTH, "Tasks.")]

# Allocation
Benchmark = Annotated[Series, Quantity(u.WEIGHT, "Weights of the benchmark, on any scale.", ge=0)]
TiltScores = Annotated[Series, Quantity(u.NUMBER, "Score of each asset.")]
TiltStrength = Annotated[Num, Quantity(u.COEFFICIENT, "Strength of the tilt; 0 is the benchmark.")]
LowerBounds = Annotated[Series, Quantity(u.SHARE, "Least weight of each.", ge=0, le=1)]
UpperBounds = Annotated[Series, Quantity(u.SHARE, "Largest weight of each.", ge=0, le=1)]
PortfolioWeights = Annotated[Series, Quantity(u.SHARE, "Weight of each asset.", ge=0, le=1)]
ModelShare = Annotated[Series, Quantity(u.SHARE, "Share of its revenue from models.", ge=0, le=1)]
HasCloud = Annotated[Series, Quantity(u.UNIT_INTERVAL, "1 where it owns its cloud.", ge=0, le=1)]
HasDistribution = Annotated[Series, Quantity(u.UNIT_INTERVAL, "1 where it owns its distribution.", ge=0, le=1)]

# The data set
Entity = Annotated[Name, Quantity(u.TEXT, "Company, country or market id, such as ZHIPU or US.")]
DataField = Annotated[Name, Quantity(u.TEXT, "Field id, such as revenue or valuation.")]
AsOf = Annotated[Num, Quantity(u.DATE, "Date: the last figure dated on or before it; the latest if left out.")]
DataUnit = Annotated[Name, Quantity(u.TEXT, "Unit to convert to; as stored if left out.")]
ModelId = Annotated[Name, Quantity(u.TEXT, "Model id, such as deepseek-r1.")]
PriceKind = Annotated[Name, Quantity(u.TEXT, "Which price.", options=("input", "output", "cached", "blended"))]
Region = Annotated[Name, Quantity(u.TEXT, "Price list: intl or cn.", options=("intl", "cn"))]
ChipId = Annotated[Name, Quantity(u.TEXT, "Chip id, such as h100-sxm.")]
ChipField = Annotated[
    Name,
    Quantity(
        u.TEXT,
        "Which figure.",
        options=("tflops_bf16", "tflops_fp8", "mem_gb", "bw_tbs", "tdp_w", "die_mm2", "tpp"),
    ),
]
StartOn = Annotated[Num, Quantity(u.DATE, "First day.")]
EndOn = Annotated[Num, Quantity(u.DATE, "Last day.")]
Frequency = Annotated[
    Name, Quantity(u.TEXT, "Last figure of each day, month, quarter or year.", options=("d", "m", "q", "y"))
]
Amount = Annotated[Num, Quantity(u.NUMBER, "Amount.")]
FromUnit = Annotated[Name, Quantity(u.TEXT, "Unit it is in, such as USD/tok or kWh.")]
ToUnit = Annotated[Name, Quantity(u.TEXT, "Unit wanted.")]
FromCurrency = Annotated[Name, Quantity(u.TEXT, "ISO code of the currency held, such as USD.")]
ToCurrency = Annotated[Name, Quantity(u.TEXT, "ISO code of the currency wanted, such as CNY.")]
Stored = Annotated[Answer, Quantity(u.AS_STORED, "Figure.")]
ExchangeRate = Annotated[Answer, Quantity(u.EXCHANGE_RATE, "Exchange rate.")]
Text = Annotated[TextAnswer, Quantity(u.TEXT, "Text.")]

# Simulation and audit
DistTable = Annotated[
    Table,
    Quantity(
        u.TEXT,
        "Rows of input, distribution (fixed, normal, lognormal, uniform, triangular) and its three numbers.",
        columns=(str, str, object, object, object),
    ),
]
Correlation = Annotated[Table, Quantity(u.COEFFICIENT, "Correlation matrix of the inputs, in their order.")]
AnyDraws = Annotated[Num, Quantity(u.COUNT, "Random draws.", ge=100, le=1_000_000, whole=True)]
AnyObserved = Annotated[Num, Quantity(u.MULTIPLE, "Multiple that the market pays.")]
MultipleAnswer = Annotated[Answer, Quantity(u.MULTIPLE, "Multiple.")]
FunctionName = Annotated[Name, Quantity(u.TEXT, "Function of the library.")]
InputRanges = Annotated[
    Table,
    Quantity(u.NUMBER, "Rows of low, mode and high, one for each argument in order.", columns=(float, float, float)),
]
ArgumentLabels = Annotated[Labels, Quantity(u.TEXT, "What to call each argument.")]
BaseValues = Annotated[Series, Quantity(u.NUMBER, "Base value of each argument, in order.")]
LowValues = Annotated[Series, Quantity(u.NUMBER, "Low value of each argument.")]
HighValues = Annotated[Series, Quantity(u.NUMBER, "High value of each argument.")]
ArgumentIndex = Annotated[Num, Quantity(u.COUNT, "Number of the argument, from 1.", ge=1, whole=True)]
GridValues = Annotated[Series, Quantity(u.NUMBER, "Values to try.")]
Target = Annotated[Num, Quantity(u.NUMBER, "Result to reach.")]
BracketEnd = Annotated[Num, Quantity(u.NUMBER, "End of the bracket.")]
CellProbability = Annotated[Num, Quantity(u.PROBABILITY, "Probability.", ge=0, le=1)]
OpenProbability = Annotated[Num, Quantity(u.PROBABILITY, "Probability.", gt=0, lt=1)]
RangeLow = Annotated[Num, Quantity(u.NUMBER, "Lowest value.")]
RangeMode = Annotated[Num, Quantity(u.NUMBER, "Most likely value.")]
RangeHigh = Annotated[Num, Quantity(u.NUMBER, "Highest value.")]
PertShape = Annotated[Num, Quantity(u.SHAPE, "Weight of the mode.", gt=0)]
ValueP05 = Annotated[Num, Quantity(u.NUMBER, "Value exceeded in 95 of 100 cases.", gt=0)]
ValueP95 = Annotated[Num, Quantity(u.NUMBER, "Value exceeded in 5 of 100 cases.", gt=0)]
ScenarioName = Annotated[Name, Quantity(u.TEXT, "Scenario in use.")]
ScenarioNames = Annotated[Labels, Quantity(u.TEXT, "Names of the scenarios.")]
ScenarioValues = Annotated[Cells, Quantity(u.AS_STORED, "Value of each scenario.")]
CallCells = Annotated[Cells, Quantity(u.AS_STORED, "Arguments of the call, in order.")]
AnyResult = Annotated[Answer, Quantity(u.AS_STORED, "Result.")]
PickedValue = Annotated[CellAnswer, Quantity(u.AS_STORED, "Result.")]
AnyNumber = Annotated[Num, Quantity(u.NUMBER, "Number.")]
SummaryRow = Annotated[Rows, Spill("row", u.AS_STORED, ("mean", "sd", "p05", "p50", "p95"))]
TornadoRows = Annotated[Rows, Spill("table", u.AS_STORED, ("label", "at_low", "at_high", "swing"), (str, float))]
GridRows = Annotated[Rows, Spill("table", u.AS_STORED, ("one column per x value",), (float, CellError))]
SobolRows = Annotated[Rows, Spill("table", u.SHARE, ("first_order", "total"))]
ExplainRows = Annotated[Rows, Spill("table", u.TEXT, ("item", "unit", "default", "note"), (str,))]

# Results of several cells
TrendRow = Annotated[Rows, Spill("row", u.FACTOR_PER_YEAR, ("factor_per_year", "low", "high", "r_squared"))]
FitRow = Annotated[Rows, Spill("row", u.SHAPE, ("alpha", "beta", "log_likelihood"))]
PnlTable = Annotated[
    Rows,
    Spill(
        "table",
        u.AS_NAMED,
        (
            "month", "users", "queries", "tokens", "cost_per_query", "ads", "subscriptions", "api",
            "revenue", "inference", "other_variable", "contribution", "fixed_cost", "promotion", "cash",
            "cumulative_cash", "discount_factor", "present_value", "cumulative_pv",
        ),
    ),
]  # fmt: skip
VectorTable = Annotated[
    Rows, Spill("table", u.SCORE, ("vector", "score", "log_gap", "vector_weight", "coverage"), (str, float))
]
ContributionColumn = Annotated[Rows, Spill("column", u.LOG_RATIO)]
WaterfallTable = Annotated[Rows, Spill("table", u.USD, ("revenue", "paid_down", "kept", "kept_share"))]
ShareColumn = Annotated[Rows, Spill("column", u.SHARE)]
WeightColumn = Annotated[Rows, Spill("column", u.WEIGHT)]
DcfTable = Annotated[
    Rows,
    Spill(
        "table",
        u.USD,
        (
            "year", "growth", "revenue", "ebit", "tax", "reinvestment", "fcff", "discount_factor", "present_value",
        ),
    ),
]  # fmt: skip
HistoryTable = Annotated[Rows, Spill("table", u.AS_STORED, ("observed_on", "value"))]
RangeRow = Annotated[Rows, Spill("row", u.AS_STORED, ("low", "mid", "high"))]
