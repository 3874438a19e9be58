"""Catalogue of quantities: shape, unit, meaning and domain of each, declared once."""

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
Queries = Annotated[Num, Quantity(u.COUNT_PER_PERIOD, "Number of queries in the period.", ge=0)]
QueriesPerDay = Annotated[Num, Quantity(u.PER_DAY, "Number of queries per daily active user per day.", ge=0)]
UserQueries = Annotated[
    Num, Quantity(u.COUNT_PER_PERIOD, "Number of queries per user in the period.", gt=0, nonzero=True)
]
Tokens = Annotated[Num, Quantity(u.TOKENS, "Tokens per query, prompt and answer combined.", ge=0)]
UserTokens = Annotated[Num, Quantity(u.TOKENS, "Tokens per query, prompt and answer combined.", gt=0, nonzero=True)]
TokensIn = Annotated[Num, Quantity(u.TOKENS_PER_QUERY, "Prompt tokens per query.", ge=0)]
TokensOut = Annotated[Num, Quantity(u.TOKENS_PER_QUERY, "Answer tokens per query.", ge=0)]
CostPerToken = Annotated[Num, Quantity(u.USD_PER_PRICE_BASIS, "Token price, quoted per price_basis tokens.", ge=0)]
PriceBasis = Annotated[
    Num,
    Quantity(u.TOKENS, "Number of tokens for which the price is quoted.", options=(1.0, 1_000.0, 1_000_000.0)),
]
PriceIn = Annotated[Num, Quantity(u.USD_PER_MTOK, "Price of prompt tokens that are not served from the cache.", ge=0)]
PriceOut = Annotated[Num, Quantity(u.USD_PER_MTOK, "Price of answer tokens.", ge=0)]
PriceCached = Annotated[Num, Quantity(u.USD_PER_MTOK, "Price of prompt tokens that are served from the cache.", ge=0)]
CacheHit = Annotated[
    Num, Quantity(u.SHARE, "Cache hit rate: share of prompt tokens served from the cache.", ge=0, le=1)
]
FixedCost = Annotated[Num, Quantity(u.USD_PER_PERIOD, "Fixed cost of the period.", ge=0)]
CostStart = Annotated[Num, Quantity(u.USD_PER_MTOK, "Token cost today.", gt=0)]
CostFloor = Annotated[Num, Quantity(u.USD_PER_MTOK, "Cost floor that technical progress cannot remove.", ge=0)]
PriceStart = Annotated[Num, Quantity(u.USD_PER_MTOK, "Token price at the start.", gt=0)]
PriceEnd = Annotated[Num, Quantity(u.USD_PER_MTOK, "Token price at the end.", gt=0)]
Dates = Annotated[Series, Quantity(u.DATE, "Dates of the prices.")]
Prices = Annotated[Series, Quantity(u.USD_PER_MTOK, "Token prices, one for each date.", gt=0)]
Confidence = Annotated[Num, Quantity(u.SHARE, "Confidence level of the interval.", gt=0, lt=1)]
MtokPrice = Annotated[Num, Quantity(u.USD_PER_MTOK, "Price or cost per million tokens.")]

MtokAnswer = Annotated[Answer, Quantity(u.USD_PER_MTOK, "Price per million tokens.")]

# Time and rates
Years = Annotated[Num, Quantity(u.YEARS, "Number of years from today.", ge=0)]
Span = Annotated[Num, Quantity(u.YEARS, "Number of years between the two prices.", gt=0, nonzero=True)]
Horizon = Annotated[Num, Quantity(u.YEARS, "Time horizon: number of years included.", gt=0)]
TargetYears = Annotated[
    Num, Quantity(u.YEARS, "Number of years within which the user must break even.", gt=0, nonzero=True)
]
Days = Annotated[Num, Quantity(u.DAYS, "Duration of the training run.", ge=0)]
TrainingDays = Annotated[Num, Quantity(u.DAYS, "Duration of the training run.", gt=0, nonzero=True)]
Months = Annotated[Num, Quantity(u.MONTHS, "Number of months since the jump in users.", ge=0)]
PnlMonths = Annotated[Num, Quantity(u.MONTHS, "Number of months in the table.", ge=1, whole=True)]
Decline = Annotated[
    Num,
    Quantity(u.PER_YEAR, "Yearly decline of cost above the floor; 0.9 means 10x cheaper.", ge=0, lt=1),
]
UsageGrowth = Annotated[Num, Quantity(u.PER_YEAR, "Yearly growth of tokens used per user.", gt=-1)]
ArpuGrowth = Annotated[Num, Quantity(u.PER_YEAR, "Yearly growth of revenue per user (ARPU).", gt=-1)]
UserGrowth = Annotated[Num, Quantity(u.PER_YEAR, "Yearly growth of the number of users.", gt=-1)]
Growth = Annotated[Num, Quantity(u.PER_YEAR, "Yearly growth of the number of users.", gt=-1)]
YearlyDiscount = Annotated[Num, Quantity(u.PER_YEAR, "Yearly discount rate.", gt=-1)]
PeriodsPerYear = Annotated[Num, Quantity(u.PERIODS_PER_YEAR, "Number of periods per year.", gt=0)]
FromPerYear = Annotated[
    Num, Quantity(u.PERIODS_PER_YEAR, "Number of original periods per year, such as 12 for months.", gt=0)
]
ToPerYear = Annotated[
    Num, Quantity(u.PERIODS_PER_YEAR, "Number of target periods per year, such as 1 for years.", gt=0)
]
FloorShare = Annotated[Num, Quantity(u.SHARE, "Cost floor as a share of the current cost.", ge=0, le=1)]
YearlyRate = Annotated[Num, Quantity(u.PER_YEAR, "Yearly rate of change.")]

# Accelerators and serving
GpuHour = Annotated[Num, Quantity(u.USD_PER_HOUR, "Cost per accelerator-hour.", ge=0)]
Throughput = Annotated[Num, Quantity(u.TOKENS_PER_SECOND, "Tokens per second per accelerator.", gt=0, nonzero=True)]
PrefillSpeed = Annotated[
    Num, Quantity(u.TOKENS_PER_SECOND, "Prompt tokens processed per second per accelerator.", gt=0, nonzero=True)
]
DecodeSpeed = Annotated[
    Num, Quantity(u.TOKENS_PER_SECOND, "Answer tokens generated per second per accelerator.", gt=0, nonzero=True)
]
TokenSpeed = Annotated[Num, Quantity(u.TOKENS_PER_SECOND, "Tokens per second per accelerator.")]
Utilisation = Annotated[
    Num, Quantity(u.SHARE, "Share of hours in which the accelerator serves requests.", gt=0, le=1, nonzero=True)
]
PeakToMean = Annotated[Num, Quantity(u.RATIO, "Ratio of peak load to mean load.", ge=1)]
Accelerators = Annotated[Num, Quantity(u.ACCELERATORS, "Number of accelerators, not rounded.")]
ReplicaSize = Annotated[Num, Quantity(u.ACCELERATORS, "Number of accelerators that hold one copy of the model.", ge=1)]
Chips = Annotated[Num, Quantity(u.ACCELERATORS, "Number of accelerators in the training run.", ge=0)]
Capex = Annotated[Num, Quantity(u.USD, "All-in system price per accelerator.", ge=0)]
Life = Annotated[Num, Quantity(u.YEARS, "Useful life of the hardware.", gt=0, nonzero=True)]
PowerKw = Annotated[Num, Quantity(u.KW, "Power per accelerator, including its share of the server.", ge=0)]
Pue = Annotated[Num, Quantity(u.RATIO, "Power usage effectiveness (PUE): site power over IT power.", ge=1)]
PowerPrice = Annotated[Num, Quantity(u.USD_PER_KWH, "Electricity price.", ge=0)]
CapitalRate = Annotated[Num, Quantity(u.PER_YEAR, "Cost of the capital invested in the hardware.", gt=-1)]
Residual = Annotated[
    Num, Quantity(u.SHARE, "Resale value at the end of life, as a share of the purchase price.", ge=0, le=1)
]
OpexOfCapex = Annotated[Num, Quantity(u.PER_YEAR, "Yearly operating cost as a share of the purchase price.", ge=0)]
LoadFactor = Annotated[Num, Quantity(u.SHARE, "Mean power draw as a share of the rated power.", ge=0, le=1)]
Availability = Annotated[
    Num, Quantity(u.SHARE, "Share of hours in which the accelerator is available.", gt=0, le=1, nonzero=True)
]
Layers = Annotated[Num, Quantity(u.COUNT, "Number of layers of the model.", gt=0)]
KvHeads = Annotated[Num, Quantity(u.COUNT, "Number of key-value heads per layer.", ge=0)]
HeadDim = Annotated[Num, Quantity(u.COUNT, "Dimension of an attention head.", ge=0)]
BytesPerValue = Annotated[Num, Quantity(u.BYTES, "Bytes per cached number.", gt=0)]
LatentDim = Annotated[Num, Quantity(u.COUNT, "Dimension of the latent cache; 0 for grouped-query attention.", ge=0)]
KvBytes = Annotated[Num, Quantity(u.BYTES_PER_TOKEN, "Size of the key-value cache per token of context.", ge=0)]
KvBytesHeld = Annotated[
    Num, Quantity(u.BYTES_PER_TOKEN, "Size of the key-value cache per token of context.", gt=0, nonzero=True)
]
Context = Annotated[Num, Quantity(u.TOKENS, "Context length of a sequence.", ge=0)]
ContextHeld = Annotated[Num, Quantity(u.TOKENS, "Context length of a sequence.", gt=0, nonzero=True)]
Batch = Annotated[Num, Quantity(u.SEQUENCES, "Batch size: number of sequences decoded together.", ge=1)]
Sequences = Annotated[Num, Quantity(u.SEQUENCES, "Number of sequences that fit in memory.")]
ActiveParams = Annotated[Num, Quantity(u.BILLION_PARAMS, "Active parameters per token.", gt=0)]
ActiveParamsRead = Annotated[Num, Quantity(u.BILLION_PARAMS, "Active parameters per token.", gt=0, nonzero=True)]
ActiveParamsTrained = Annotated[Num, Quantity(u.BILLION_PARAMS, "Active parameters per token.", ge=0)]
TotalParams = Annotated[Num, Quantity(u.BILLION_PARAMS, "Total number of parameters of the model.", gt=0)]
TotalParamsWanted = Annotated[Num, Quantity(u.BILLION_PARAMS, "Total number of parameters of the model.", ge=0)]
DenseParams = Annotated[Num, Quantity(u.BILLION_PARAMS, "Parameters outside the experts, read for every token.", ge=0)]
Params = Annotated[Num, Quantity(u.BILLION_PARAMS, "Number of parameters.", gt=0)]
WeightBytes = Annotated[Num, Quantity(u.BYTES_PER_PARAM, "Bytes per weight.", gt=0)]
PeakTflops = Annotated[Num, Quantity(u.TFLOPS, "Peak dense compute per accelerator.", ge=0)]
PeakTflopsUsed = Annotated[Num, Quantity(u.TFLOPS, "Peak dense compute per accelerator.", gt=0)]
PeakTflopsHired = Annotated[Num, Quantity(u.TFLOPS, "Peak dense compute per accelerator.", gt=0, nonzero=True)]
Bandwidth = Annotated[Num, Quantity(u.TBS, "Memory bandwidth per accelerator.", gt=0)]
Memory = Annotated[Num, Quantity(u.GB, "Memory per accelerator.", gt=0)]
Usable = Annotated[Num, Quantity(u.SHARE, "Share of memory available for weights and cache.", gt=0, le=1)]
Mfu = Annotated[Num, Quantity(u.SHARE, "Model FLOP utilisation (MFU): achieved over peak compute.", ge=0, le=1)]
MfuUsed = Annotated[Num, Quantity(u.SHARE, "Model FLOP utilisation (MFU): achieved over peak compute.", gt=0, le=1)]
MfuHired = Annotated[
    Num, Quantity(u.SHARE, "Model FLOP utilisation (MFU): achieved over peak compute.", gt=0, le=1, nonzero=True)
]
Mbu = Annotated[Num, Quantity(u.SHARE, "Memory bandwidth utilisation (MBU): achieved over peak bandwidth.", gt=0, le=1)]
AttentionGflop = Annotated[Num, Quantity(u.GFLOP_PER_TOKEN, "Attention compute per token.", ge=0)]
OverheadMs = Annotated[Num, Quantity(u.MILLISECONDS, "Communication and waiting time per step.", ge=0)]
Experts = Annotated[Num, Quantity(u.COUNT, "Number of experts per layer; 0 for a dense model.", ge=0)]
ActiveExperts = Annotated[Num, Quantity(u.COUNT, "Number of experts used per token.", ge=0)]
EnergyPerToken = Annotated[Num, Quantity(u.JOULE_PER_TOKEN, "Energy per token.")]
HourCostCn = Annotated[Num, Quantity(u.USD_PER_HOUR, "Cost of the Chinese hardware, per hour or in total.", gt=0)]
HourCostUs = Annotated[Num, Quantity(u.USD_PER_HOUR, "Cost of the US hardware, on the same basis as cost_cn.", gt=0)]
CapacityCn = Annotated[
    Num,
    Quantity(u.CAPACITY, "Capacity of the Chinese hardware that limits the workload, in TFLOP/s, TB/s or GB.", gt=0),
]
CapacityUs = Annotated[Num, Quantity(u.CAPACITY, "Capacity of the US hardware, in the same unit as perf_cn.", gt=0)]
Efficiency = Annotated[Num, Quantity(u.SHARE, "Share of the capacity that is used (MFU or MBU).", gt=0)]
AlgorithmicGain = Annotated[
    Num, Quantity(u.MULTIPLE, "Factor by which better algorithms reduce the compute required.", gt=0)
]
Premium = Annotated[Num, Quantity(u.SHARE, "Extra cost as a share of the US cost.")]

# Training and physics
TrainingTokens = Annotated[Num, Quantity(u.TRILLION_TOKENS, "Number of training tokens.", ge=0)]
TrainedTokens = Annotated[Num, Quantity(u.TRILLION_TOKENS, "Number of training tokens.", gt=0)]
Flops = Annotated[Num, Quantity(u.FLOP, "Training compute.", gt=0)]
CoefficientA = Annotated[Num, Quantity(u.COEFFICIENT, "Scaling-law coefficient of the parameters.", gt=0)]
CoefficientB = Annotated[Num, Quantity(u.COEFFICIENT, "Scaling-law coefficient of the tokens.", gt=0)]
ExponentAlpha = Annotated[Num, Quantity(u.COEFFICIENT, "Scaling-law exponent of the parameters.", gt=0)]
ExponentBeta = Annotated[Num, Quantity(u.COEFFICIENT, "Scaling-law exponent of the tokens.", gt=0)]
LossFloor = Annotated[Num, Quantity(u.NATS, "Irreducible loss, which no model size removes.", ge=0)]
Loss = Annotated[Num, Quantity(u.NATS, "Training loss.")]
TokensPerParam = Annotated[Num, Quantity(u.TOKENS_PER_PARAM, "Training tokens per active parameter.", gt=0)]
TokensPerParamSet = Annotated[
    Num, Quantity(u.TOKENS_PER_PARAM, "Training tokens per active parameter.", gt=0, nonzero=True)
]
Sparsity = Annotated[Num, Quantity(u.RATIO, "Total parameters over active parameters; 1 for a dense model.", ge=1)]
BitsPerToken = Annotated[Num, Quantity(u.BITS, "Bits erased per token.", ge=0)]
Temperature = Annotated[Num, Quantity(u.KELVIN, "Operating temperature.", gt=0)]
FlopPerToken = Annotated[Num, Quantity(u.FLOP, "Compute per token.", ge=0)]
FlopPerJoule = Annotated[Num, Quantity(u.FLOP_PER_JOULE, "Compute per joule.", gt=0, nonzero=True)]
BytesMoved = Annotated[Num, Quantity(u.BYTES, "Bytes moved per token.", ge=0)]
PjPerBit = Annotated[Num, Quantity(u.PJ_PER_BIT, "Energy to move one bit.", ge=0)]
DenseTops = Annotated[Num, Quantity(u.TOPS, "Dense operations per second.", ge=0)]
BitLength = Annotated[Num, Quantity(u.BITS, "Bit length of the operation.", gt=0)]
Tpp = Annotated[Num, Quantity(u.TPP, "Total processing performance (TPP).")]

# Users and adoption
Users = Annotated[Num, Quantity(u.USERS, "Number of users.", ge=0)]
DailyUsers = Annotated[Num, Quantity(u.USERS, "Number of daily active users (DAU).", ge=0)]
DailyUsersSeen = Annotated[Num, Quantity(u.USERS, "Number of daily active users (DAU).", gt=0, nonzero=True)]
UsersSharing = Annotated[Num, Quantity(u.USERS, "Number of users who share the fixed cost.", gt=0, nonzero=True)]
UsersBefore = Annotated[Num, Quantity(u.USERS, "Number of users before the jump.", ge=0)]
UsersPeak = Annotated[Num, Quantity(u.USERS, "Number of users right after the jump.", ge=0)]
UsersStart = Annotated[Num, Quantity(u.USERS, "Number of users today.", ge=0)]
Market = Annotated[Num, Quantity(u.USERS, "Market potential: number of users who will ever adopt.", gt=0)]
Innovation = Annotated[Num, Quantity(u.PER_YEAR, "Bass coefficient of innovation (p).", gt=0)]
Imitation = Annotated[Num, Quantity(u.PER_YEAR, "Bass coefficient of imitation (q).", ge=0)]
KeepShare = Annotated[Num, Quantity(u.SHARE, "Share of the added users who stay permanently.", ge=0, le=1)]
Halflife = Annotated[Num, Quantity(u.MONTHS, "Half-life of the added users who do not stay.", gt=0, nonzero=True)]
Reach = Annotated[Num, Quantity(u.USERS, "Number of people who could see the product.", ge=0)]
StepRates = Annotated[Series, Quantity(u.SHARE, "Conversion rates of the funnel steps.", ge=0, le=1)]
Samples = Annotated[Num, Quantity(u.SAMPLES, "Number of usable samples required for one training cycle.", ge=0)]
Events = Annotated[Num, Quantity(u.PER_DAY, "Number of events per user per day.", gt=0, nonzero=True)]
UsableShare = Annotated[
    Num, Quantity(u.SHARE, "Share of the events that are fit for training.", gt=0, le=1, nonzero=True)
]
LatencyDays = Annotated[Num, Quantity(u.DAYS, "Number of days from an event to the training set.", ge=0)]
CycleDays = Annotated[Num, Quantity(u.DAYS, "Length of one training cycle.")]
OnDay = Annotated[Num, Quantity(u.DAYS, "Day for which retention is estimated.", gt=0)]
Day1 = Annotated[Num, Quantity(u.DAYS, "First day with a known retention rate.", gt=0)]
Day2 = Annotated[Num, Quantity(u.DAYS, "Later day with a known retention rate.", gt=0)]
Rate1 = Annotated[Num, Quantity(u.SHARE, "Retention rate on day_1.", gt=0, le=1)]
Rate2 = Annotated[Num, Quantity(u.SHARE, "Retention rate on day_2.", gt=0, le=1)]
Share = Annotated[Num, Quantity(u.SHARE, "Share.")]

# Revenue, margin and customers
AdArpu = Annotated[Num, Quantity(u.USD_PER_USER_MONTH, "Advertising revenue per user.", ge=0)]
SubConversion = Annotated[Num, Quantity(u.SHARE, "Share of users who pay for a subscription.", ge=0, le=1)]
SubPrice = Annotated[Num, Quantity(u.USD_PER_MONTH, "Subscription price.", ge=0)]
PlatformFee = Annotated[Num, Quantity(u.SHARE, "Share of the subscription price kept by the app store.", ge=0, lt=1)]
ApiArpu = Annotated[Num, Quantity(u.USD_PER_USER_MONTH, "API revenue per user.", ge=0)]
MonthlyArpu = Annotated[Num, Quantity(u.USD_PER_USER_MONTH, "Revenue per user (ARPU).", ge=0)]
MarginArpu = Annotated[Num, Quantity(u.USD_PER_USER_MONTH, "Revenue per user (ARPU).", nonzero=True)]
PeriodArpu = Annotated[Num, Quantity(u.USD_PER_USER_PERIOD, "Revenue per user (ARPU) in the period.", ge=0)]
YearlyArpu = Annotated[Num, Quantity(u.USD_PER_USER_YEAR, "Net revenue per user per year.", ge=0)]
YearlyUnitCost = Annotated[Num, Quantity(u.USD_PER_USER_YEAR, "Inference cost per user per year.", ge=0)]
UnitCost = Annotated[Num, Quantity(u.USD_PER_USER_MONTH, "Inference cost per user.", ge=0)]
OtherVariable = Annotated[Num, Quantity(u.USD_PER_USER_MONTH, "Other variable cost per user.", ge=0)]
PeriodVariable = Annotated[Num, Quantity(u.USD_PER_USER_PERIOD, "Other variable cost per user.", ge=0)]
TargetMargin = Annotated[Num, Quantity(u.SHARE, "Target margin as a share of revenue.", lt=1)]
RevenueShare = Annotated[Num, Quantity(u.SHARE, "Share of revenue paid to the host platform.", ge=0, lt=1)]
Price = Annotated[Num, Quantity(u.CURRENCY, "Price charged.", ge=0)]
WtpMedian = Annotated[Num, Quantity(u.CURRENCY, "Median willingness to pay.", gt=0)]
WtpSigma = Annotated[Num, Quantity(u.LOG_SD, "Dispersion of the willingness to pay (sigma of its logarithm).", gt=0)]
Arpa = Annotated[Num, Quantity(u.USD_PER_PERIOD, "Average revenue per account (ARPA) per period.")]
GrossMargin = Annotated[Num, Quantity(u.SHARE, "Gross margin as a share of revenue.", le=1)]
Churn = Annotated[Num, Quantity(u.PER_PERIOD, "Churn rate: share of customers lost per period.", ge=0, le=1)]
PaybackChurn = Annotated[Num, Quantity(u.PER_PERIOD, "Churn rate: share of customers lost per period.", ge=0, lt=1)]
PeriodDiscount = Annotated[Num, Quantity(u.PER_PERIOD, "Discount rate per period.", gt=-1)]
SbgDiscount = Annotated[Num, Quantity(u.PER_PERIOD, "Discount rate per period.", gt=0)]
Expansion = Annotated[Num, Quantity(u.PER_PERIOD, "Growth of the margin from a retained customer.", gt=-1)]
Timing = Annotated[
    Num, Quantity(u.FLAG, "Timing of the first margin: 1 for now, 0 for after one period.", options=(0.0, 1.0))
]
Periods = Annotated[Num, Quantity(u.PERIODS, "Number of periods counted; 0 for no limit.", ge=0)]
WholePeriods = Annotated[Num, Quantity(u.PERIODS, "Number of periods counted; 0 for no limit.", ge=0, whole=True)]
Renewals = Annotated[Num, Quantity(u.PERIODS, "Number of renewals since the start.", ge=0, whole=True)]
ShapeAlpha = Annotated[Num, Quantity(u.SHAPE, "First shape parameter (alpha) of the churn propensity.", gt=0)]
ShapeBeta = Annotated[Num, Quantity(u.SHAPE, "Second shape parameter (beta) of the churn propensity.", gt=0)]
Survival = Annotated[
    Series, Quantity(u.SHARE, "Share of a cohort still active after renewals 1, 2, 3 and so on.", gt=0, lt=1)
]
Margin = Annotated[Num, Quantity(u.USD_PER_PERIOD, "Margin per customer per period.")]
SalesMarketing = Annotated[Num, Quantity(u.USD, "Sales and marketing spend.", ge=0)]
NewCustomers = Annotated[
    Num, Quantity(u.COUNT, "Number of new customers won in the same period as the spend.", gt=0, nonzero=True)
]
Incentives = Annotated[Num, Quantity(u.USD, "Subsidies and gifts to new customers.", ge=0)]
OrganicShare = Annotated[
    Num, Quantity(u.SHARE, "Share of new customers who would have come without marketing.", ge=0, le=1)
]
Cac = Annotated[Num, Quantity(u.USD_PER_CUSTOMER, "Customer acquisition cost (CAC).", ge=0)]
CacPaid = Annotated[Num, Quantity(u.USD_PER_CUSTOMER, "Customer acquisition cost (CAC).", gt=0, nonzero=True)]
CustomerValue = Annotated[Num, Quantity(u.USD_PER_CUSTOMER, "Value per customer.")]
StartArr = Annotated[Num, Quantity(u.USD, "Annual recurring revenue (ARR) at the start.", gt=0, nonzero=True)]
ExpansionArr = Annotated[Num, Quantity(u.USD, "ARR gained from the customers at the start.", ge=0)]
ContractionArr = Annotated[Num, Quantity(u.USD, "ARR lost to downgrades by the customers at the start.", ge=0)]
ChurnedArr = Annotated[Num, Quantity(u.USD, "ARR lost to customers who left.", ge=0)]
SoftwareShare = Annotated[Num, Quantity(u.SHARE, "Share of revenue from software.", ge=0, le=1)]
SoftwareMargin = Annotated[Num, Quantity(u.SHARE, "Gross margin on software.", le=1)]
ServicesMargin = Annotated[Num, Quantity(u.SHARE, "Gross margin on services.", le=1)]
NetBurn = Annotated[Num, Quantity(u.USD, "Net cash burn in the period.")]
NetNewArr = Annotated[Num, Quantity(u.USD, "Net new annual recurring revenue (ARR) in the period.")]
RevenueGrowth = Annotated[Num, Quantity(u.PER_YEAR, "Revenue growth rate.", gt=-1)]
ProfitMargin = Annotated[Num, Quantity(u.SHARE, "Profit margin or free cash flow margin.")]
GrowthWeight = Annotated[Num, Quantity(u.WEIGHT, "Weight of growth relative to margin.", gt=0)]
RevenueQuarter = Annotated[Num, Quantity(u.USD, "Revenue of the current quarter.")]
RevenuePrevious = Annotated[Num, Quantity(u.USD, "Revenue of the previous quarter.")]
SalesMarketingPrevious = Annotated[
    Num, Quantity(u.USD, "Sales and marketing spend of the previous quarter.", gt=0, nonzero=True)
]
MonthlyFixed = Annotated[Num, Quantity(u.USD_PER_MONTH, "Fixed cost per month.", ge=0)]
CostRatio = Annotated[Num, Quantity(u.RATIO, "Inference cost over net revenue per user, today.", ge=0)]
CostRatioAbove = Annotated[Num, Quantity(u.RATIO, "Inference cost over net revenue per user, today.", gt=0)]
Boundary = Annotated[
    Num, Quantity(u.FLAG, "Boundary of the profit window: 1 for the start, 2 for the end.", options=(1.0, 2.0))
]
ChurnHazard = Annotated[Num, Quantity(u.PER_YEAR, "Churn hazard: -ln(share of users retained for a year).", ge=0)]
CashFlows = Annotated[Series, Quantity(u.USD_PER_PERIOD, "Cash flow of each period; outflows are negative.")]
PvInflows = Annotated[Num, Quantity(u.USD, "Present value of the inflows.", ge=0)]
PvOutflows = Annotated[Num, Quantity(u.USD, "Present value of the outflows.", gt=0, nonzero=True)]
NamedInputs = Annotated[
    Table,
    Quantity(
        u.AS_NAMED, "Table of input names and values; the help of SUPERAPP_PNL lists the names.", columns=(str, object)
    ),
]
Status = Annotated[Name, Quantity(u.TEXT, "Verdict.")]
Usd = Annotated[Num, Quantity(u.USD, "Amount of money.")]
UsdPerPeriod = Annotated[Num, Quantity(u.USD_PER_PERIOD, "Amount per period.")]
UsdPerUserMonth = Annotated[Num, Quantity(u.USD_PER_USER_MONTH, "Amount per user per month.")]
UsdPerUser = Annotated[Num, Quantity(u.USD_PER_USER, "Amount per user.")]
UsdPerLogGrowth = Annotated[Num, Quantity(u.USD_PER_LOG_GROWTH, "Change in value per unit of log growth.")]
HourCost = Annotated[Num, Quantity(u.USD_PER_HOUR, "Cost per accelerator-hour.")]
PeriodRate = Annotated[Num, Quantity(u.PER_PERIOD, "Rate per period.")]
PeriodsNeeded = Annotated[Num, Quantity(u.PERIODS, "Number of periods.")]
YearsNeeded = Annotated[Num, Quantity(u.YEARS, "Number of years.")]
Ratio = Annotated[Num, Quantity(u.RATIO, "Ratio.")]

# Valuation
Valuation = Annotated[Num, Quantity(u.USD, "Valuation of the company.")]
PeriodRevenue = Annotated[Num, Quantity(u.USD_PER_PERIOD, "Revenue of the latest period.", gt=0, nonzero=True)]
EquityWeight = Annotated[Num, Quantity(u.SHARE, "Equity as a share of total capital.", ge=0, le=1)]
RiskFree = Annotated[Num, Quantity(u.PER_YEAR, "Risk-free rate.")]
Beta = Annotated[Num, Quantity(u.RATIO, "Equity beta.", ge=0)]
EquityPremium = Annotated[Num, Quantity(u.PER_YEAR, "Equity risk premium of a mature market.")]
CountryRisk = Annotated[Num, Quantity(u.PER_YEAR, "Country risk premium.", ge=0)]
Exposure = Annotated[Num, Quantity(u.RATIO, "Exposure to country risk (lambda).", ge=0)]
Illiquidity = Annotated[Num, Quantity(u.PER_YEAR, "Illiquidity premium.", ge=0)]
CostOfDebt = Annotated[Num, Quantity(u.PER_YEAR, "Pre-tax cost of debt.")]
TaxRate = Annotated[Num, Quantity(u.SHARE, "Corporate tax rate.", ge=0, lt=1)]
StageGrowth = Annotated[Num, Quantity(u.PER_YEAR, "Revenue growth in the high-growth stage.", gt=-1)]
YearsHigh = Annotated[Num, Quantity(u.YEARS, "Number of years in the high-growth stage.", ge=0, whole=True)]
YearsHighSolved = Annotated[Num, Quantity(u.YEARS, "Number of years in the high-growth stage.", ge=1, whole=True)]
YearsFade = Annotated[
    Num, Quantity(u.YEARS, "Number of years in which growth fades to terminal_growth.", ge=0, whole=True)
]
TerminalGrowth = Annotated[Num, Quantity(u.PER_YEAR, "Terminal growth rate.", gt=-1)]
MarginStart = Annotated[Num, Quantity(u.SHARE, "Gross margin today.", le=1)]
MarginEnd = Annotated[Num, Quantity(u.SHARE, "Gross margin in the last explicit forecast year.", le=1)]
OpexStart = Annotated[Num, Quantity(u.SHARE, "Operating cost as a share of revenue today.", ge=0)]
OpexEnd = Annotated[Num, Quantity(u.SHARE, "Operating cost as a share of revenue at scale.", ge=0)]
SalesToCapital = Annotated[
    Num, Quantity(u.RATIO, "Sales-to-capital ratio: revenue added per dollar of new capital.", gt=0, nonzero=True)
]
Wacc = Annotated[Num, Quantity(u.PER_YEAR, "Weighted average cost of capital (WACC).", gt=-1)]
RoicTerminal = Annotated[
    Num, Quantity(u.PER_YEAR, "Return on new invested capital (ROIC) in the terminal stage.", nonzero=True)
]
MidYear = Annotated[Num, Quantity(u.FLAG, "Timing of cash flows: 1 for mid-year, 0 for year-end.", options=(0.0, 1.0))]
OpexScale = Annotated[
    Num,
    Quantity(
        u.RATIO, "Behaviour of operating cost above opex_end: 1 for a fixed amount, 0 for a fixed share of revenue."
    ),
]
ObservedMultiple = Annotated[Num, Quantity(u.MULTIPLE, "Observed market multiple.", gt=0)]
FairMultiple = Annotated[Num, Quantity(u.MULTIPLE, "Multiple justified by the cash flows.", gt=0)]
GrowthLow = Annotated[Num, Quantity(u.PER_YEAR, "Lowest growth rate searched.", gt=-1)]
GrowthHigh = Annotated[Num, Quantity(u.PER_YEAR, "Highest growth rate searched.", gt=-1)]
Multiple = Annotated[Num, Quantity(u.MULTIPLE, "Valuation multiple.")]
LogRatio = Annotated[Num, Quantity(u.LOG_RATIO, "Natural logarithm of a ratio.")]

DiscountTo = Annotated[Num, Quantity(u.PER_YEAR, "Discount rate in the original currency.", gt=-1)]
InflationFrom = Annotated[Num, Quantity(u.PER_YEAR, "Inflation in the original currency.", gt=-1)]
InflationTo = Annotated[Num, Quantity(u.PER_YEAR, "Inflation in the target currency.", gt=-1)]
RunRate = Annotated[Num, Quantity(u.USD_PER_YEAR, "Run-rate revenue today.", gt=0)]
InferenceShare = Annotated[Num, Quantity(u.SHARE, "Inference cost as a share of revenue today.", ge=0)]
OtherCogs = Annotated[Num, Quantity(u.SHARE, "Other cost of revenue as a share of revenue.", ge=0)]
NetUsageGrowth = Annotated[Num, Quantity(u.PER_YEAR, "Yearly growth of usage relative to revenue.", gt=-1)]
SaasMultiple = Annotated[Num, Quantity(u.MULTIPLE, "Valuation multiple of software (SaaS) companies.", gt=0)]
SaasMargin = Annotated[Num, Quantity(u.SHARE, "Gross margin of software (SaaS) companies.", gt=0, nonzero=True)]
AiMargin = Annotated[Num, Quantity(u.SHARE, "Contribution margin of the AI company, after inference cost.", le=1)]
SaasRetention = Annotated[Num, Quantity(u.RATIO, "Yearly net revenue retention of software (SaaS) companies.", gt=0)]
AiRetention = Annotated[Num, Quantity(u.RATIO, "Yearly net revenue retention of the AI company.", ge=0)]
SaasHorizon = Annotated[Num, Quantity(u.YEARS, "Number of years counted.", ge=1)]
UserChange = Annotated[Num, Quantity(u.SHARE, "Relative change in the number of users.")]
ValueChange = Annotated[Num, Quantity(u.SHARE, "Relative change in value.")]
ObservedAny = Annotated[Num, Quantity(u.MULTIPLE, "Multiple or value paid by the market.", gt=0, nonzero=True)]
FairAny = Annotated[Num, Quantity(u.MULTIPLE, "Multiple or value justified by the cash flows.")]
AssetValue = Annotated[Num, Quantity(u.USD, "Value without the random events.")]
Hazard = Annotated[Num, Quantity(u.PER_YEAR, "Expected number of events per year.", ge=0)]
EventLoss = Annotated[Num, Quantity(u.SHARE, "Share of the value lost per event.", ge=0, le=1)]
AnyRate = Annotated[Num, Quantity(u.PER_YEAR, "Discount rate.")]
AnyGrowth = Annotated[Num, Quantity(u.PER_YEAR, "Perpetual growth rate.")]

# The asymmetry of two countries
UsValues = Annotated[Series, Quantity(u.NUMBER, "Indicators of the US; a blank cell is a missing value.", missing=True)]
CnValues = Annotated[
    Series, Quantity(u.NUMBER, "Indicators of China, in the same order; a blank cell is a missing value.", missing=True)
]
Direction = Annotated[
    Series,
    Quantity(u.SIGN, "Direction of each indicator: 1 if more is better, -1 if less is better.", options=(-1.0, 1.0)),
]
Weights = Annotated[Series, Quantity(u.WEIGHT, "Weight of each indicator within its vector.", ge=0)]
Vectors = Annotated[Labels, Quantity(u.TEXT, "Name of the vector to which each indicator belongs.")]
VectorWeights = Annotated[Table, Quantity(u.WEIGHT, "Table of vector names and weights.", columns=(str, object))]
Kinds = Annotated[Labels, Quantity(u.TEXT, "Comparison method of each indicator: ratio, share or diff.")]
Scales = Annotated[Series, Quantity(u.NUMBER, "Scale of each diff indicator; blank for the other kinds.", missing=True)]
Cap = Annotated[Num, Quantity(u.RATIO, "Largest ratio counted for a single indicator.", gt=1)]
MinCoverage = Annotated[Num, Quantity(u.SHARE, "Minimum share of a vector's weight that must have data.", ge=0, le=1)]
QuantileAsked = Annotated[
    Num, Quantity(u.SHARE, "Quantile level, such as 0.05 for the lower end of a 90% interval.", ge=0, le=1)
]
RelativeError = Annotated[
    Series, Quantity(u.SHARE, "Relative error of the values: one number, or one for each indicator.", ge=0)
]
WeightSpread = Annotated[Num, Quantity(u.LOG_SD, "Dispersion of the weights (sigma of their logarithm).", ge=0)]
Draws = Annotated[Num, Quantity(u.COUNT, "Number of random draws; an even number.", ge=100, le=1_000_000, whole=True)]
Seed = Annotated[Num, Quantity(u.COUNT, "Random seed; the same seed reproduces the same draws.", ge=0, whole=True)]
Score = Annotated[Answer, Quantity(u.SCORE, "Score; above 0 the US leads.")]
Intensity = Annotated[Answer, Quantity(u.INTENSITY, "Size of the gaps, regardless of which side leads.")]
Polarity = Annotated[
    Answer, Quantity(u.UNIT_INTERVAL, "Polarity: 0 if one side leads everywhere, 1 if the leads cancel out.")
]
Probability = Annotated[Answer, Quantity(u.PROBABILITY, "Probability.")]

# The capital stack
CostShares = Annotated[
    Series, Quantity(u.SHARE, "Share of each layer's revenue paid to the layer below, from top to bottom.", ge=0, le=1)
]
EndRevenue = Annotated[Num, Quantity(u.USD, "Revenue from end users.", ge=0)]
Revenues = Annotated[Series, Quantity(u.USD, "Revenue of each layer.", ge=0)]
GrossMargins = Annotated[Series, Quantity(u.SHARE, "Gross margin of each layer.", le=1)]
Shares = Annotated[Series, Quantity(u.NUMBER, "Market shares, on any scale.", ge=0)]
Concentration = Annotated[Num, Quantity(u.HHI, "Herfindahl-Hirschman index (HHI).")]
GapStart = Annotated[Num, Quantity(u.POINTS, "Performance gap today.", ge=0)]
PersistentGap = Annotated[Num, Quantity(u.POINTS, "Part of the performance gap that never closes.", ge=0)]
HalflifeYears = Annotated[Num, Quantity(u.YEARS, "Half-life of the part of the gap that closes.", gt=0, nonzero=True)]
PointGap = Annotated[Num, Quantity(u.POINTS, "Performance gap.")]
QualityGap = Annotated[Num, Quantity(u.POINTS, "Quality lead over the rival model.")]
Theta = Annotated[Num, Quantity(u.COEFFICIENT, "Log price premium that buyers pay per unit of the quality lead.", ge=0)]
Elasticity = Annotated[Num, Quantity(u.COEFFICIENT, "Price sensitivity: slope of the logit in the log price.", gt=1)]
UnitCostMtok = Annotated[Num, Quantity(u.USD_PER_MTOK, "Cost per million tokens.", gt=0)]
RivalPrice = Annotated[Num, Quantity(u.USD_PER_MTOK, "Price of the rival model.", gt=0)]
CostShare = Annotated[Num, Quantity(u.SHARE, "Share of revenue paid to the layer below.", ge=0, le=1)]
LogPriceChange = Annotated[Num, Quantity(u.LOG_RATIO, "Log change in the price charged by the layer below.")]
PassThrough = Annotated[Num, Quantity(u.SHARE, "Share of the input cost change passed on to customers.", ge=0, le=1)]
TakeChange = Annotated[Num, Quantity(u.SHARE, "Change in the distributor's take rate, as a share of revenue.", lt=1)]
FrictionScores = Annotated[
    Series,
    Quantity(
        u.UNIT_INTERVAL,
        "Friction scores, such as for integration, data, counterparties, retraining and contract.",
        ge=0,
        le=1,
    ),
]
FrictionWeights = Annotated[Series, Quantity(u.WEIGHT, "Weight of each friction score.", ge=0)]
Power = Annotated[Num, Quantity(u.COEFFICIENT, "Exponent of the power mean; 0 for the geometric mean.")]
FrictionAnswer = Annotated[Answer, Quantity(u.UNIT_INTERVAL, "Friction of removal: 0 for none, 1 for full lock-in.")]
Friction = Annotated[Num, Quantity(u.UNIT_INTERVAL, "Friction of removal: 0 for none, 1 for full lock-in.", ge=0, le=1)]
ChurnFree = Annotated[Num, Quantity(u.PER_YEAR, "Yearly churn rate at zero friction.", gt=0, lt=1)]
ChurnLocked = Annotated[Num, Quantity(u.PER_YEAR, "Yearly churn rate at full friction.", gt=0, lt=1)]
SwitchingCost = Annotated[Num, Quantity(u.USD, "One-off cost of switching.", ge=0)]
AnnualSaving = Annotated[Num, Quantity(u.USD_PER_YEAR, "Yearly saving after switching.", gt=0, nonzero=True)]

# Automation and efficiency
Fte = Annotated[Num, Quantity(u.FTE, "Full-time equivalents (FTE) who do the work.", ge=0)]
FtePaid = Annotated[Num, Quantity(u.FTE, "Full-time equivalents (FTE) who do the work.", gt=0, nonzero=True)]
LoadedWage = Annotated[
    Num, Quantity(u.USD_PER_FTE_YEAR, "Fully loaded wage, including social charges and overheads.", ge=0)
]
TimeShare = Annotated[Num, Quantity(u.SHARE, "Share of working time that can be automated.", ge=0, le=1)]
Adoption = Annotated[Num, Quantity(u.SHARE, "Share of the automatable time in which the tool is used.", ge=0, le=1)]
SuccessRate = Annotated[Num, Quantity(u.SHARE, "Success rate: share of tasks completed correctly.", ge=0, le=1)]
SuccessAbove = Annotated[
    Num, Quantity(u.SHARE, "Success rate: share of tasks completed correctly.", gt=0, le=1, nonzero=True)
]
Realisation = Annotated[Num, Quantity(u.SHARE, "Share of the saving that is realised in cash.", ge=0, le=1)]
CycleValue = Annotated[Num, Quantity(u.USD_PER_YEAR, "Yearly value of shorter cycles.", ge=0)]
AnnualBenefit = Annotated[Num, Quantity(u.USD_PER_YEAR, "Yearly benefit of the automation.", ge=0)]
RunCost = Annotated[Num, Quantity(u.USD_PER_YEAR, "Yearly running cost of the automation.", ge=0)]
Upfront = Annotated[Num, Quantity(u.USD, "One-off set-up cost.", ge=0)]
RampYears = Annotated[Num, Quantity(u.YEARS, "Number of years until the full benefit is reached.", ge=0)]
DelayYears = Annotated[Num, Quantity(u.YEARS, "Number of years of compliance delay before the start.", ge=0)]
RunCostDecline = Annotated[Num, Quantity(u.PER_YEAR, "Yearly decline of the running cost or price.", ge=0, lt=1)]
EffectiveShare = Annotated[
    Num, Quantity(u.SHARE, "Product of time share, adoption, success rate and realisation.", gt=0, le=1, nonzero=True)
]
TokensPerTask = Annotated[Num, Quantity(u.TOKENS, "Tokens used per attempt.", ge=0)]
TokenPrice = Annotated[Num, Quantity(u.USD_PER_MTOK, "Price per million tokens.", ge=0)]
ReviewMinutes = Annotated[Num, Quantity(u.MINUTES, "Human review time per attempt.", ge=0)]
WagePerHour = Annotated[Num, Quantity(u.USD_PER_WORK_HOUR, "Hourly wage of the reviewer.", ge=0)]
DaysSaved = Annotated[Num, Quantity(u.DAYS, "Number of days saved per cycle.", ge=0)]
FlowPerDay = Annotated[Num, Quantity(u.USD_PER_DAY, "Capital tied up per day of the cycle.", ge=0)]
MarginPerDay = Annotated[Num, Quantity(u.USD_PER_YEAR, "Yearly margin gained per day saved.")]
MonthlyBenefit = Annotated[Num, Quantity(u.USD_PER_MONTH, "Benefit per month.")]
DelayMonths = Annotated[Num, Quantity(u.MONTHS, "Length of the delay.", ge=0)]
MonthlyDiscount = Annotated[Num, Quantity(u.PER_MONTH, "Monthly discount rate.", gt=-1)]
AttemptCost = Annotated[Num, Quantity(u.USD_PER_TASK, "Cost of one attempt.", ge=0)]
VerifyCost = Annotated[Num, Quantity(u.USD_PER_TASK, "Cost of verifying one attempt.", ge=0)]
FailureCost = Annotated[Num, Quantity(u.USD_PER_TASK, "Damage caused by one failed attempt.", ge=0)]
MaxAttempts = Annotated[Num, Quantity(u.COUNT, "Maximum number of attempts; 0 for no limit.", ge=0, whole=True)]
FallbackCost = Annotated[Num, Quantity(u.USD_PER_TASK, "Cost of the fallback after the last failed attempt.", ge=0)]
FrontierCost = Annotated[Num, Quantity(u.USD_PER_TASK, "Cost per completed task with the frontier model.", ge=0)]
SmallCost = Annotated[Num, Quantity(u.USD_PER_TASK, "Cost per completed task with the small model.", ge=0)]
TuningCost = Annotated[Num, Quantity(u.USD, "Cost of the fine-tuning.", ge=0)]
TuningMonths = Annotated[
    Num, Quantity(u.MONTHS, "Number of months within which the fine-tuning must pay back.", gt=0, nonzero=True)
]
UsdPerTask = Annotated[Num, Quantity(u.USD_PER_TASK, "Cost per completed task.")]
UsdPerYear = Annotated[Num, Quantity(u.USD_PER_YEAR, "Amount per year.")]
Wage = Annotated[Num, Quantity(u.USD_PER_FTE_YEAR, "Wage.")]
TasksPerMonth = Annotated[Num, Quantity(u.TASKS_PER_MONTH, "Number of tasks per month.")]

# Allocation
Benchmark = Annotated[Series, Quantity(u.WEIGHT, "Benchmark weights, on any scale.", ge=0)]
TiltScores = Annotated[Series, Quantity(u.NUMBER, "Score of each asset.")]
TiltStrength = Annotated[Num, Quantity(u.COEFFICIENT, "Strength of the tilt; 0 keeps the benchmark weights.")]
LowerBounds = Annotated[Series, Quantity(u.SHARE, "Minimum weight of each asset.", ge=0, le=1)]
UpperBounds = Annotated[Series, Quantity(u.SHARE, "Maximum weight of each asset.", ge=0, le=1)]
PortfolioWeights = Annotated[Series, Quantity(u.SHARE, "Weight of each asset.", ge=0, le=1)]
ModelShare = Annotated[Series, Quantity(u.SHARE, "Share of each company's revenue from models.", ge=0, le=1)]
HasCloud = Annotated[
    Series,
    Quantity(
        u.UNIT_INTERVAL, "Cloud ownership of each company: 1 if the company owns its cloud, otherwise 0.", ge=0, le=1
    ),
]
HasDistribution = Annotated[
    Series,
    Quantity(
        u.UNIT_INTERVAL,
        "Distribution ownership of each company: 1 if the company owns its distribution, otherwise 0.",
        ge=0,
        le=1,
    ),
]

# The data set
Entity = Annotated[Name, Quantity(u.TEXT, "Company, country or market id, such as ZHIPU or US.")]
DataField = Annotated[Name, Quantity(u.TEXT, "Field id, such as revenue or valuation.")]
AsOf = Annotated[Num, Quantity(u.DATE, "Cut-off date: the latest figure on or before this date is used.")]
DataUnit = Annotated[Name, Quantity(u.TEXT, "Unit of the result; omit for the stored unit.")]
ModelId = Annotated[Name, Quantity(u.TEXT, "Model id, such as deepseek-r1.")]
PriceKind = Annotated[Name, Quantity(u.TEXT, "Kind of token price.", options=("input", "output", "cached", "blended"))]
Region = Annotated[Name, Quantity(u.TEXT, "Price list: intl (international) or cn (China).", options=("intl", "cn"))]
ChipId = Annotated[Name, Quantity(u.TEXT, "Chip id, such as h100-sxm.")]
ChipField = Annotated[
    Name,
    Quantity(
        u.TEXT,
        "Specification of the chip.",
        options=("tflops_bf16", "tflops_fp8", "mem_gb", "bw_tbs", "tdp_w", "die_mm2", "tpp"),
    ),
]
StartOn = Annotated[Num, Quantity(u.DATE, "First day of the history.")]
EndOn = Annotated[Num, Quantity(u.DATE, "Last day of the history.")]
Frequency = Annotated[
    Name,
    Quantity(
        u.TEXT,
        "Frequency: last figure of each day (d), month (m), quarter (q) or year (y).",
        options=("d", "m", "q", "y"),
    ),
]
Amount = Annotated[Num, Quantity(u.NUMBER, "Amount to convert.")]
FromUnit = Annotated[Name, Quantity(u.TEXT, "Unit of the amount, such as USD/tok or kWh.")]
ToUnit = Annotated[Name, Quantity(u.TEXT, "Unit of the result, such as USD/Mtok or J.")]
FromCurrency = Annotated[Name, Quantity(u.TEXT, "ISO code of the original currency, such as USD.")]
ToCurrency = Annotated[Name, Quantity(u.TEXT, "ISO code of the target currency, such as CNY.")]
Stored = Annotated[Answer, Quantity(u.AS_STORED, "Figure.")]
ExchangeRate = Annotated[Answer, Quantity(u.EXCHANGE_RATE, "Exchange rate.")]
Text = Annotated[TextAnswer, Quantity(u.TEXT, "Text.")]

# Simulation and audit
DistTable = Annotated[
    Table,
    Quantity(
        u.TEXT,
        "Table of input, distribution (fixed, normal, lognormal, uniform or triangular) and three parameters.",
        columns=(str, str, object, object, object),
    ),
]
Correlation = Annotated[Table, Quantity(u.COEFFICIENT, "Correlation matrix of the inputs, in the order of dist_table.")]
AnyDraws = Annotated[Num, Quantity(u.COUNT, "Number of random draws.", ge=100, le=1_000_000, whole=True)]
AnyObserved = Annotated[Num, Quantity(u.MULTIPLE, "Observed market multiple.")]
MultipleAnswer = Annotated[Answer, Quantity(u.MULTIPLE, "Valuation multiple.")]
FunctionName = Annotated[Name, Quantity(u.TEXT, "Name of a library function, such as LTV_CAC.")]
InputRanges = Annotated[
    Table,
    Quantity(
        u.NUMBER,
        "Table of low, most likely and high values, one row for each argument in order.",
        columns=(float, float, float),
    ),
]
ArgumentLabels = Annotated[Labels, Quantity(u.TEXT, "Label of each argument, in order.")]
BaseValues = Annotated[Series, Quantity(u.NUMBER, "Base value of each argument, in order.")]
LowValues = Annotated[Series, Quantity(u.NUMBER, "Low value of each argument, in order.")]
HighValues = Annotated[Series, Quantity(u.NUMBER, "High value of each argument, in order.")]
ArgumentIndex = Annotated[
    Num, Quantity(u.COUNT, "Position of the argument in the function, counted from 1.", ge=1, whole=True)
]
GridValues = Annotated[Series, Quantity(u.NUMBER, "Values of the argument to try.")]
Target = Annotated[Num, Quantity(u.NUMBER, "Target value of the result.")]
BracketEnd = Annotated[Num, Quantity(u.NUMBER, "End of the search interval.")]
CellProbability = Annotated[Num, Quantity(u.PROBABILITY, "Cumulative probability.", ge=0, le=1)]
OpenProbability = Annotated[Num, Quantity(u.PROBABILITY, "Cumulative probability.", gt=0, lt=1)]
RangeLow = Annotated[Num, Quantity(u.NUMBER, "Lowest possible value.")]
RangeMode = Annotated[Num, Quantity(u.NUMBER, "Most likely value.")]
RangeHigh = Annotated[Num, Quantity(u.NUMBER, "Highest possible value.")]
PertShape = Annotated[Num, Quantity(u.SHAPE, "Weight of the most likely value (PERT shape); 4 is standard.", gt=0)]
ValueP05 = Annotated[Num, Quantity(u.NUMBER, "5th percentile: value exceeded in 95 of 100 cases.", gt=0)]
ValueP95 = Annotated[Num, Quantity(u.NUMBER, "95th percentile: value exceeded in 5 of 100 cases.", gt=0)]
ScenarioName = Annotated[Name, Quantity(u.TEXT, "Name of the active scenario.")]
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
