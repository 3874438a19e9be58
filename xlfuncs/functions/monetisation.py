"""Monetisation: revenue, cost, retention and value of users and customers."""

from __future__ import annotations

import math

import numpy as np

from xlfuncs.catalogue import bibliography as by
from xlfuncs.catalogue.quantities import (
    AdArpu,
    ApiArpu,
    Arpa,
    Cac,
    CacPaid,
    Churn,
    ChurnedArr,
    ContractionArr,
    CustomerValue,
    Expansion,
    ExpansionArr,
    FitRow,
    FromPerYear,
    GrossMargin,
    GrowthWeight,
    Incentives,
    Margin,
    MarginArpu,
    NetBurn,
    NetNewArr,
    NewCustomers,
    OrganicShare,
    OtherVariable,
    PaybackChurn,
    PeriodDiscount,
    PeriodRate,
    Periods,
    PeriodsNeeded,
    PlatformFee,
    Price,
    ProfitMargin,
    Ratio,
    Renewals,
    RevenueGrowth,
    RevenuePrevious,
    RevenueQuarter,
    SalesMarketing,
    SalesMarketingPrevious,
    SbgDiscount,
    ServicesMargin,
    ShapeAlpha,
    ShapeBeta,
    Share,
    SoftwareMargin,
    SoftwareShare,
    StartArr,
    SubConversion,
    SubPrice,
    Survival,
    Timing,
    ToPerYear,
    UnitCost,
    UsdPerUserMonth,
    WholePeriods,
    WtpMedian,
    WtpSigma,
)
from xlfuncs.core.constraints import Constraint
from xlfuncs.core.errors import DIV0, NA
from xlfuncs.core.function import sheet_function
from xlfuncs.core.numerics import expm1, geometric_sum, log, log1p, maximum, normal_cdf, where
from xlfuncs.functions._sbg import discounted_survival, fit, log_likelihood, survival_share

CATEGORY = "Monetisation"


@sheet_function(formula="ad_arpu + sub_conversion * sub_price * (1 - platform_fee) + api_arpu", source=by.SAAS_STANDARD)
def blended_arpu(
    ad_arpu: AdArpu,
    sub_conversion: SubConversion,
    sub_price: SubPrice,
    platform_fee: PlatformFee = 0,
    api_arpu: ApiArpu = 0,
) -> UsdPerUserMonth:
    """Blended revenue per user (ARPU) from advertising, subscriptions net of the app store fee, and the API.

    Not for: Advertising revenue measured on free users only. The amount is added for paying users as well; average it
    over all users first.

    >>> blended_arpu(0.3, 0.05, 20, 0.15, 0.1)
    1.25
    """
    return ad_arpu + sub_conversion * sub_price * (1 - platform_fee) + api_arpu


DENORMAL = 1e-290  # below it products lose their digits


@sheet_function(
    formula="IF(price = 0, 1, 1 - NORM.S.DIST(LN(MAX(price, 1E-300) / wtp_median) / wtp_sigma, TRUE))",
    source=by.TRAIN_2009,
)
def wtp_conversion(price: Price, wtp_median: WtpMedian, wtp_sigma: WtpSigma) -> Share:
    """Conversion rate at a given price, when the willingness to pay is lognormal.

    Not for: Users most of whom would pay nothing. A lognormal distribution has no users at 0, so the share at low
    prices is too high.

    >>> wtp_conversion(6, 6, 0.9)
    0.5
    """
    distance = (log(maximum(price, 1e-300)) - log(wtp_median)) / wtp_sigma
    return where(price == 0, lambda: 1.0 + 0 * distance, lambda: normal_cdf(-distance))


@sheet_function(formula="(arpu - inference - other_variable) / arpu", source=by.SAAS_STANDARD)
def contribution_margin(arpu: MarginArpu, inference: UnitCost, other_variable: OtherVariable = 0) -> Share:
    """Contribution margin: share of revenue per user left after inference and other variable cost.

    Not for: Products that are almost free. As arpu approaches 0, the ratio tends to minus infinity and ranks nothing;
    use COHORT_VALUE.

    >>> contribution_margin(2, 0.5, 0.5)
    0.5
    """
    return (arpu - inference - other_variable) / arpu


@sheet_function(formula="1 - (1 - churn) ^ (from_per_year / to_per_year)", source=by.SAAS_STANDARD)
def churn_convert(churn: Churn, from_per_year: FromPerYear, to_per_year: ToPerYear) -> PeriodRate:
    """Churn rate converted to another period length by compounding, such as from monthly to yearly.

    Not for: The first month of a new cohort. Churn falls with tenure, so compounding to a year overstates the losses;
    use SBG_SURVIVAL.

    >>> churn_convert(0.5, 2, 1)
    0.75
    """
    return -expm1(from_per_year / to_per_year * log1p(-churn))


_SUM = (
    "IF(horizon > 0, IF(ABS((1 - churn) * (1 + expansion) / (1 + discount_rate) - 1) < 1E-12, horizon, "
    "(1 - ((1 - churn) * (1 + expansion) / (1 + discount_rate)) ^ horizon) / "
    "(1 - (1 - churn) * (1 + expansion) / (1 + discount_rate))), "
    "1 / (1 - (1 - churn) * (1 + expansion) / (1 + discount_rate))) "
    "* IF(timing = 1, 1, (1 - churn) / (1 + discount_rate))"
)
_FINITE_VALUE = Constraint(
    lambda horizon, churn, expansion, discount_rate: (
        (horizon > 0) | (churn * (1 + expansion) > expansion - discount_rate)
    ),
    "The value is infinite: churn {churn} and discount_rate {discount_rate} do not outweigh "
    "expansion {expansion}; set a horizon or raise churn.",
)


def _margins(churn: float, discount_rate: float, expansion: float, timing: float, horizon: float) -> float:
    """The present value of a customer's margins over the first one."""
    growth = 1 + discount_rate
    loss = churn * ((1 + expansion) / growth) + (discount_rate - expansion) / growth
    total: float = geometric_sum(loss, horizon)
    return where(timing == 1, lambda: total, lambda: total * (1 - churn) / growth)


@sheet_function(formula=f"arpa * gross_margin * {_SUM}", source=by.GUPTA_LEHMANN_2003, constraints=[_FINITE_VALUE])
def ltv(
    arpa: Arpa,
    gross_margin: GrossMargin,
    churn: Churn,
    discount_rate: PeriodDiscount = 0,
    expansion: Expansion = 0,
    timing: Timing = 1,
    horizon: Periods = 0,
) -> CustomerValue:
    """Customer lifetime value (LTV) at a constant churn rate.

    All rates must refer to the same period as arpa. Without discounting and expansion, and with the first margin now,
    the result is arpa * gross_margin / churn.

    Not for: Cohorts whose churn falls with tenure. The churn of the first period then undervalues the cohort; use
    SBG_LTV.

    >>> ltv(100, 0.8, 0.05)
    1600.0
    """
    return arpa * gross_margin * _margins(churn, discount_rate, expansion, timing, horizon)


@sheet_function(
    formula="EXP(GAMMALN(beta + periods) - GAMMALN(beta) - GAMMALN(alpha + beta + periods) + GAMMALN(alpha + beta))",
    source=by.FADER_HARDIE_2007,
    constraints=[Constraint(lambda periods: periods <= 12000, "periods {periods} must be at most 12000.")],
    vectorised=False,
)
def sbg_survival(alpha: ShapeAlpha, beta: ShapeBeta, periods: Renewals) -> Share:
    """Share of a cohort still active after a number of renewals in the shifted-beta-geometric (sBG) model.

    Not for: Customers whose churn rises, such as after a free trial or a price increase. Retention can only improve
    with tenure in this model.

    >>> sbg_survival(1, 1, 3)
    0.25
    """
    return survival_share(alpha, beta, int(periods))


@sheet_function(
    source=by.FADER_HARDIE_2007,
    constraints=[
        Constraint(lambda survival: len(survival) >= 2, "survival {survival} must have at least 2 cells."),
        Constraint(
            lambda survival: (np.diff(survival) <= 0).all(), "survival must not rise from one period to the next."
        ),
    ],
)
def sbg_fit(survival: Survival) -> FitRow:
    """Maximum-likelihood fit of the shifted-beta-geometric (sBG) model to the survival of one cohort.

    The log-likelihood is per customer. If churn does not slow down in the data, both shape parameters reach their
    upper limits, at which the model has a constant churn rate.

    Not for: Two or three periods of data. Many pairs of shape parameters fit almost equally well, and the tail that
    SBG_LTV adds up is a guess.

    >>> sbg_fit([[0.869, 0.743, 0.653, 0.593, 0.551, 0.517, 0.491]])  # Fader and Hardie, High End
    [[0.66809, 3.80609, -1.611158]]
    """
    alpha, beta = fit(survival)
    return [[alpha, beta, log_likelihood(alpha, beta, survival)]]


@sheet_function(source=by.FADER_HARDIE_2010, vectorised=False)
def sbg_ltv(
    margin: Margin,
    alpha: ShapeAlpha,
    beta: ShapeBeta,
    discount_rate: SbgDiscount = 0.01,
    horizon: WholePeriods = 0,
) -> CustomerValue:
    """Lifetime value of a new customer in the shifted-beta-geometric (sBG) model, with the first margin now.

    The value is never below that at the constant churn rate alpha / (alpha + beta), because the customers who remain
    are loyal.

    Not for: Customers who have already renewed. Renewed customers are more loyal than new ones and worth more; add
    the number of renewals to beta.

    >>> sbg_ltv(100, 1, 1, 0.25, 2)
    140.0
    """
    return margin * discounted_survival(alpha, beta, discount_rate, int(horizon))


@sheet_function(
    formula="(sales_marketing + incentives) / (new_customers * (1 - organic_share))",
    source=by.SKOK_2010,
    constraints=[
        Constraint(
            lambda organic_share: organic_share < 1,
            "organic_share {organic_share} must be below 1: no customer was won by marketing.",
            DIV0,
        )
    ],
)
def paid_cac(
    sales_marketing: SalesMarketing,
    new_customers: NewCustomers,
    incentives: Incentives = 0,
    organic_share: OrganicShare = 0,
) -> CustomerValue:
    """Paid customer acquisition cost (CAC): cost per customer who would not have come without marketing.

    Not for: Decisions on additional spend. The result is the average cost, and the next customer costs more; divide
    additional spend by additional customers.

    >>> paid_cac(300, 10, 100, 0.5)
    80.0
    """
    return (sales_marketing + incentives) / (new_customers * (1 - organic_share))


@sheet_function(formula=f"arpa * gross_margin / cac * {_SUM}", source=by.SKOK_2010, constraints=[_FINITE_VALUE])
def ltv_cac(
    arpa: Arpa,
    gross_margin: GrossMargin,
    churn: Churn,
    cac: CacPaid,
    discount_rate: PeriodDiscount = 0,
    expansion: Expansion = 0,
    timing: Timing = 1,
    horizon: Periods = 0,
) -> Ratio:
    """Ratio of customer lifetime value (LTV) to customer acquisition cost (CAC); 3 is the usual threshold.

    All rates must refer to the same period as arpa.

    Not for: Companies short of cash. A high ratio may rest on margins many years away; use CAC_PAYBACK.

    >>> ltv_cac(100, 0.8, 0.05, 400)
    4.0
    """
    return arpa * gross_margin / cac * _margins(churn, discount_rate, expansion, timing, horizon)


@sheet_function(
    formula="IF(cac = 0, 0, IF(margin <= 0, NA(), IF(ABS((1 - churn) / (1 + discount_rate) - 1) < 1E-12, "
    "cac / margin, IF(cac * (1 - (1 - churn) / (1 + discount_rate)) / margin >= 1, NA(), "
    "LN(1 - cac * (1 - (1 - churn) / (1 + discount_rate)) / margin) / LN((1 - churn) / (1 + discount_rate))))))",
    source=by.SKOK_2010,
    no_answer_message="The customer never pays back: the margins, net of churn and discounting, do not add up to cac.",
)
def cac_payback(cac: Cac, margin: Margin, churn: PaybackChurn = 0, discount_rate: PeriodDiscount = 0) -> PeriodsNeeded:
    """CAC payback: periods until the margins, net of churn and discounting, have repaid the acquisition cost.

    Not for: Ranking customers by value. Margins after the payback do not count, so short and long customer lives look
    alike; use LTV_CAC.

    >>> cac_payback(60, 10)
    6.0
    """
    loss = (churn + discount_rate) / (1 + discount_rate)

    def discounted() -> float:
        gone = cac * loss / margin
        log_growth = log1p(-churn) - log1p(discount_rate)
        return where(gone >= 1, lambda: math.nan, lambda: log1p(-gone) / log_growth)

    def positive() -> float:
        return where(abs(loss) < DENORMAL, lambda: cac / margin, discounted)

    paid = 0 * cac
    return where(cac == 0, lambda: paid, lambda: where(margin <= 0, lambda: math.nan, positive))


@sheet_function(
    formula="(start_arr + expansion_arr - contraction_arr - churned_arr) / start_arr",
    source=by.SAAS_STANDARD,
    constraints=[
        Constraint(
            lambda contraction_arr, churned_arr, start_arr: contraction_arr + churned_arr <= start_arr,
            "contraction_arr {contraction_arr} plus churned_arr {churned_arr} must not exceed start_arr {start_arr}.",
        )
    ],
)
def net_revenue_retention(
    start_arr: StartArr, expansion_arr: ExpansionArr, contraction_arr: ContractionArr, churned_arr: ChurnedArr
) -> Ratio:
    """Net revenue retention (NRR): current ARR of earlier customers over their ARR at the start.

    With expansion_arr 0, the result is gross revenue retention (GRR).

    Not for: Customer churn. A few customers who expand hide the many who left, so 1 minus the result is not a churn
    rate for LTV.

    >>> net_revenue_retention(100, 25, 5, 10)
    1.1
    """
    return (start_arr + expansion_arr - contraction_arr - churned_arr) / start_arr


@sheet_function(formula="software_share * software_margin + (1 - software_share) * services_margin", source=by.ARTICLE)
def services_mix_margin(
    software_share: SoftwareShare, software_margin: SoftwareMargin, services_margin: ServicesMargin
) -> Share:
    """Blended gross margin of a mix of software and services.

    Not for: Bundles whose revenue the seller can allocate freely. A higher software_share raises the blended margin
    but not the profit.

    >>> services_mix_margin(0.5, 0.75, 0.25)
    0.5
    """
    return software_share * software_margin + (1 - software_share) * services_margin


@sheet_function(
    formula="IF(net_new_arr > 0, net_burn / net_new_arr, NA())",
    source=by.SACKS_2020,
    constraints=[
        Constraint(
            lambda net_new_arr: net_new_arr > 0,
            "net_new_arr {net_new_arr} must be above 0: recurring revenue did not grow.",
            NA,
        )
    ],
)
def burn_multiple(net_burn: NetBurn, net_new_arr: NetNewArr) -> Ratio:
    """Burn multiple: net cash burn per dollar of net new ARR; below 1 is excellent, above 3 is poor.

    Not for: Companies that generate cash. With net_burn below 0, the multiple looks better the less ARR was added;
    use RULE_OF_40.

    >>> burn_multiple(60, 20)
    3.0
    """
    return net_burn / net_new_arr


@sheet_function(formula="growth_weight * revenue_growth + profit_margin", source=by.SAAS_STANDARD)
def rule_of_40(revenue_growth: RevenueGrowth, profit_margin: ProfitMargin, growth_weight: GrowthWeight = 1) -> Share:
    """Rule of 40: revenue growth plus profit margin; 0.40 or more indicates a healthy software company.

    Not for: Young companies that grow by hundreds of percent. Growth from a small base outweighs any loss; use
    BURN_MULTIPLE.

    >>> rule_of_40(0.5, -0.25)
    0.25
    """
    return growth_weight * revenue_growth + profit_margin


@sheet_function(formula="4 * (revenue_q - revenue_prev_q) / sm_prev_q", source=by.SAAS_STANDARD)
def magic_number(
    revenue_q: RevenueQuarter, revenue_prev_q: RevenuePrevious, sm_prev_q: SalesMarketingPrevious
) -> Ratio:
    """Magic number: annualised revenue added per dollar of last quarter's sales and marketing spend.

    Not for: Seasonal revenue and long sales cycles. The change in one quarter is multiplied by 4 and compared with
    spend that did not cause the change.

    >>> magic_number(12, 10, 8)
    1.0
    """
    return 4 * (revenue_q - revenue_prev_q) / sm_prev_q
