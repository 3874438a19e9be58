"""Which layer keeps the dollar: the chain from applications to the fab, its profit pool, prices, concentration, friction."""

from __future__ import annotations

from workbooks.country_inputs import COUNTRIES, calcs, of_country
from workbooks.dsl.charts import tornado
from workbooks.dsl.declarations import (
    Block,
    Calc,
    Chart,
    Check,
    Claim,
    Curve,
    Input,
    Output,
    Row,
    Sensitivity,
    SpillBlock,
    TableBlock,
    Template,
    Timeline,
    assumed,
    fact,
)
from xlfuncs import data
from xlfuncs.data import tables

TITLE = "Capital stack"
PURPOSE = (
    "Which layer keeps the dollar: the chain from applications to the fab, profit pool, prices, concentration, friction"
)
ARTICLE = "The article; measured on the inputs of this workbook"
CHAIN = "Static chain and profit pool: Agrawal and Altimeter 2026, and assumptions"
EPOCH = "AI Index 2025 for the arena, Epoch AI for the lag of 2025 and 2026"

GUIDE = [
    (
        "Reading it",
        [
            "Start with Outputs: what of a hundred dollars each layer keeps, and where the gross profit of today is.",
            "Calc_US and Calc_China: the chain, the pool, the margin of a developer between silicon and platforms, its price.",
            "Calc_US_Gap and Calc_China_Gap follow the gap to open models and the best price against them year by year.",
            "Calc_Shares has the concentration of each layer from dated figures of named owners, makers and apps.",
            "Calc_Friction: four kinds of application, how hard each is to remove, its churn and what that does to its value.",
        ],
    ),
    (
        "Cautions",
        [
            "The chain is static: in a build-out silicon is paid ahead of revenue, so the profit pool of today looks otherwise.",
            "A concentration is that of the named only: leaving out small rivals raises it. Users are counted by several measures.",
            "Bear and Bull take the side of applications and models: Bear is what leaves them less.",
        ],
    ),
]  # fmt: skip

LAYERS = ("Applications", "Models", "Cloud", "Silicon", "Fab")
POOL = ("Silicon", "Cloud", "Applications")
PERIODS = 8

_PAID = {
    "us": ((0.5, 0.6, 0.7), (0.45, 0.55, 0.65), (0.4, 0.45, 0.5), (0.35, 0.4, 0.45)),
    "cn": ((0.4, 0.5, 0.6), (0.55, 0.65, 0.75), (0.5, 0.55, 0.6), (0.45, 0.5, 0.55)),
}
_WHY_PAID = {
    "us": ("AI applications report gross margins near 40 %", "Compute is about half the revenue of a laboratory", "Chips and their wear over cloud revenue", "Wafers, memory and packaging over chip revenue"),
    "cn": ("Host and model are often one house, and token prices are low", "Cloud lines of listed laboratories earned near 0 %", "Chips cost more for the same work", "Smaller volumes and yields below those of the leader"),
}  # fmt: skip
_POOLS: dict[str, tuple[tuple[float, float, float], ...]] = {
    "us": ((270, 300, 330), (65, 75, 85), (50, 60, 80), (0.5, 0.55, 0.6), (0.25, 0.33, 0.45)),
    "cn": ((15, 25, 40), (8, 14, 20), (5, 8, 14), (0.25, 0.35, 0.45), (0.25, 0.40, 0.55)),
}


def _per_side(side: str) -> list[tuple[str, list[Input]]]:
    """The inputs of one country."""
    us = side == "us"
    country = "US" if us else "China"
    app, model, cloud, silicon = _PAID[side]
    why = _WHY_PAID[side]
    pool_silicon, pool_cloud, pool_app, gm_cloud, gm_app = _POOLS[side]
    pooled = (
        "Agrawal, Altimeter 2026"
        if us
        else "Order of the chip sales of named makers and imports, and of AI lines of clouds and apps"
    )
    gm_silicon = (
        assumed("us_gm_silicon", "Gross margin of silicon", "share", 0.72, 0.766, 0.79, 0, "Consistent with the quoted pool of 79 %; the largest maker reports 75 %")
        if us
        else fact("CAMBRICON.gross_margin", "cn_gm_silicon", "Gross margin of silicon", spread=0.1)
    )  # fmt: skip
    margin = (0.41, 0.55, 0.60) if us else (0.18, 0.35, 0.50)
    reported = (
        "Surveys and laboratories: 39 to 52 %, 55 % before training"
        if us
        else "MiniMax and Zhipu: 18 to 26 % in the first half of 2026, 50 % before"
    )
    gap, stays = ((0.4, 0.5, 0.8), (0.0, 0.1, 0.25)) if us else ((0.1, 0.25, 0.4), (0.0, 0.05, 0.1))
    return [
        (
            f"Chain: {country}",
            [
                assumed(f"{side}_pay_app", "Applications pay to models", "share", *app, -1, why[0]),
                assumed(f"{side}_pay_model", "Models pay to clouds", "share", *model, -1, why[1]),
                assumed(f"{side}_pay_cloud", "Clouds pay for silicon", "share", *cloud, 0, why[2]),
                assumed(f"{side}_pay_silicon", "Silicon pays to the fab", "share", *silicon, 0, why[3]),
            ],
        ),
        (
            f"Profit pool: {country}",
            [
                assumed(f"{side}_pool_silicon", "Revenue of silicon", "USD bn", *pool_silicon, 0, pooled, 0),
                assumed(f"{side}_pool_cloud", "Revenue of clouds", "USD bn", *pool_cloud, 0, pooled, 0),
                assumed(f"{side}_pool_app", "Revenue of applications", "USD bn", *pool_app, 1, pooled, 0),
                gm_silicon,
                assumed(f"{side}_gm_cloud", "Gross margin of clouds", "share", *gm_cloud, 0, pooled),
                assumed(f"{side}_gm_app", "Gross margin of applications", "share", *gm_app, 1, pooled),
            ],
        ),
        (
            f"Developer under margin pressure: {country}",
            [
                assumed(f"{side}_developer_margin", "Gross margin of a model developer", "share", *margin, 1, reported),
                assumed(f"{side}_compute_share", "Compute over its revenue", "share", 0.3, 0.35, 0.45, -1, "Surveys of 2025"),
                assumed(f"{side}_price_change", "Change of the compute price, logarithm", "log ratio", 0.1, 0.2, 0.3, -1, "Dearer compute, as in the shortages of 2026"),
                assumed(f"{side}_pass_through", "Share of it passed on to customers", "share", 0, 0.5, 1, 1, "None to all"),
                assumed(f"{side}_take", "More that the platform takes", "share", 0.0, 0.1 if us else 0.15, 0.15 if us else 0.3, -1, "Stores keep 15 to 30 % of a price, part of it already" if us else "Host apps and stores keep up to 30 %"),
                assumed(f"{side}_relief", "Fall of the compute price, logarithm", "log ratio", 0.2, 0.3, 0.4, 0, "Price-performance of silicon: 1.35 times a year"),
            ],
        ),
        (
            f"Gap to open models: {country}",
            [
                assumed(f"{side}_gap", "Gap of the closed model over open ones", "points", *gap, 1, "In the units of theta" if us else "The best models of China are open themselves"),
                assumed(f"{side}_gap_stays", "Part of the gap that stays", "points", *stays, 1, "Zero would assume the claim"),
                assumed(f"{side}_halflife", "Half-life of the rest", "years", 0.35, 0.48, 1.0, 1, "Arena gap of 8.04 to 1.70 % in 13 months", 0.05),
                assumed(f"{side}_model_cost", "Cost of the closed model", "USD per Mtok", 0.3, 0.3, 0.3, 0, "Near the disclosed serving cost of answers", 0.001),
                assumed(f"{side}_rival_price", "Price of the open rival", "USD per Mtok", 0.4, 0.45, 0.5, 1, "Hosted open model at one and a half times its cost", 0.001),
            ],
        ),
        (f"Paid plan: {country}", of_country(side, ["arpa", "unit_margin", "user_discount"])),
    ]  # fmt: skip


GENERAL = [
    assumed("model_start", "First day of the first year", "Excel date serial", 46023, 46023, 46023, 0, "1 January 2026", 36526, 73050),
    assumed("end_revenue", "Money of the end users", "USD", 100, 100, 100, 0, "A hundred dollars, so that shares are percent", 1),
    assumed("theta", "Value of a point of the gap", "coefficient", 1.2, 1.5, 1.8, 1, "Log price that buyers pay for a point", 0),
    assumed("elasticity", "Sensitivity of buyers to the price", "coefficient", 3.5, 4, 5, -1, "Slope of a logit in the log price", 1.1),
    assumed("cost_fall", "Decline of cost and open price", "per year", 0.3, 0.3, 0.3, 0, "Silicon and software; both sides alike, so the margin shows the gap alone", 0, 0.99),
    assumed("premium_bar", "Premium that pays for a separate model", "share", 0.25, 0.25, 0.25, 0, "A quarter above the open rival"),
    assumed("margin_bar", "Gross margin that sustains a developer", "share", 0.5, 0.5, 0.5, 0, "Half: training is not yet paid"),
    assumed("arena_start", "Arena gap, January 2024", "points", 8.04, 8.04, 8.04, 0, "AI Index 2025: best closed over best open model"),
    assumed("arena_end", "Arena gap, February 2025", "points", 1.70, 1.70, 1.70, 0, "AI Index 2025"),
    assumed("arena_months", "Months between them", "months", 13, 13, 13, 0, "January 2024 to February 2025"),
    assumed("lag_before", "Lag of open models, October 2025", "months", 3, 3, 3, 0, "Epoch AI, capability index"),
    assumed("lag_now", "Lag of open models, 2026", "months", 3, 4, 5, 1, "Epoch AI, capability index: 7 to 8 points"),
    assumed("hhi_bar", "Index of a highly concentrated market", "0 to 10000", 1800, 1800, 1800, 0, "US merger guidelines of 2023"),
    assumed("half_years", "Half-years in a year", "periods per year", 2, 2, 2, 0, "For the pace of half-yearly revenue", 2, 2),
    assumed("quarters", "Quarters in a year", "periods per year", 4, 4, 4, 0, "For the pace of quarterly revenue", 4, 4),
]  # fmt: skip

KINDS = (
    ("chat", "Consumer chat"),
    ("copilot", "Copilot"),
    ("record", "System of record"),
    ("flow", "Multi-party workflow"),
)
# Of each kind: integrations, own data, parties, retraining over the contract, lock; then cost to switch and saving.
_SCORES = {
    "chat": ((0.2, 0.5, 1), (0.02, 0.05, 0.1), (1, 1.1, 1.2), (0.05, 0.1, 0.15), (0.02, 0.05, 0.1), (5, 20, 40), 60),
    "copilot": ((2, 3, 5), (0.15, 0.25, 0.4), (1.2, 1.5, 2), (0.2, 0.3, 0.4), (0.2, 0.3, 0.4), (200, 350, 600), 120),
    "record": ((8, 10, 14), (0.8, 0.9, 1), (1.5, 2, 3), (0.7, 0.9, 1), (0.6, 0.8, 0.9), (2e6, 4e6, 6e6), 600000),
    "flow": ((9, 12, 16), (0.65, 0.8, 0.9), (4, 6, 10), (0.5, 0.7, 0.9), (0.5, 0.67, 0.8), (2e5, 4e5, 6e5), 60000),
}  # fmt: skip
_SWITCHED = {
    "chat": "An hour or less, and a cheaper plan", "copilot": "Days of a user, and another seat price",
    "record": "A migration of a year, and the licence", "flow": "Partners move too; worked example of 400 over 60 thousand",
}  # fmt: skip


def _scored(kind: str, label: str) -> tuple[str, list[Input]]:
    links, own, parties, retraining, lock, cost, saving = _SCORES[kind]
    return (
        f"Friction: {label.lower()}",
        [
            assumed(f"{kind}_links", "Integrations", "number", *links, 1, "Systems that call it or that it calls", 0),
            assumed(f"{kind}_data", "Share of data that it alone holds", "0 to 1", *own, 1, "By what an export leaves out"),
            assumed(f"{kind}_parties", "Parties that must agree to change", "number", *parties, 1, "Users, partners and authorities", 1),
            assumed(f"{kind}_retraining", "Retraining over the yearly contract", "0 to 1", *retraining, 1, "Hours of those who use it"),
            assumed(f"{kind}_lock", "Lock of the contract", "0 to 1", *lock, 1, "Term, notice and penalties, 0 to 1"),
            assumed(f"{kind}_switch", "Cost to switch", "USD", *cost, 1, _SWITCHED[kind], 0),
            assumed(f"{kind}_saving", "Saved by switching in a year", "USD per year", saving, saving, saving, 0, _SWITCHED[kind], 0.01),
        ],
    )  # fmt: skip


FRICTION = [
    assumed("few_links", "Integrations that go two thirds of the way", "number", 5, 5, 5, 0, "Depth rises as 1 - exp(-n / 5)", 0.1),
    assumed("w_links", "Weight of integration", "weight", 3, 3, 3, 0, "The deepest lock in surveys of buyers", 0),
    assumed("w_data", "Weight of data", "weight", 2, 2, 2, 0, "Second", 0),
    assumed("w_parties", "Weight of parties", "weight", 2, 2, 2, 0, "Second", 0),
    assumed("w_retraining", "Weight of retraining", "weight", 1, 1, 1, 0, "Paid once", 0),
    assumed("w_lock", "Weight of the contract", "weight", 2, 2, 2, 0, "Ends with its term", 0),
    assumed("churn_free", "Churn without friction", "per year", 0.7, 0.789, 0.85, -1, "AI plans: 21.1 % left after a year", 0.01, 0.99),
    assumed("churn_locked", "Churn at full friction", "per year", 0.03, 0.05, 0.08, -1, "System of record", 0.001, 0.99),
    assumed("account_margin", "Margin of an account in a year", "USD per year", 100, 100, 100, 0, "The same for all kinds: only the friction differs", 0.01),
    assumed("saving_rate", "Discount rate of the savings", "per year", 0.1, 0.1, 0.1, 0, "Of a buyer", 0.001),
    assumed("saving_years", "Years that a buyer looks ahead", "years", 5, 5, 5, 0, "A contract and its renewal", 0.5),
    fact("CN.genai_penetration", "penetration", "People in China who use generative AI", spread=0.1),
]  # fmt: skip

LINES: list[tuple[str, list[Block]]] = [
    (
        "Who keeps the dollar",
        [
            Row("kept_app", "Kept by applications", "share", "=1-{pay_app}", "Of a dollar of the end users"),
            Row("kept_model", "Kept by models", "share", "={pay_app}*(1-{pay_model})"),
            Row("kept_cloud", "Kept by clouds", "share", "={pay_app}*{pay_model}*(1-{pay_cloud})"),
            Row("kept_silicon", "Kept by silicon", "share", "={pay_app}*{pay_model}*{pay_cloud}*(1-{pay_silicon})"),
            Row("kept_fab", "Kept by the fab", "share", "={pay_app}*{pay_model}*{pay_cloud}*{pay_silicon}"),
            Row("kept_all", "All layers together", "share", "=SUM({kept_app..kept_fab})"),
            Row("kept_above", "Kept by applications and models", "share", "={kept_app}+{kept_model}"),
            Row("infra_lead", "Infrastructure less applications", "share", "=SUM({kept_cloud..kept_fab})-{kept_app}", "Above 0 infrastructure takes the rent"),
            Row("lead_bar", "Share paid to models at which they are even", "share", "=1/(1+{pay_model})", "Above it infrastructure keeps more"),
        ],
    ),
    (
        "Profit pool of today",
        [
            Row("profit_silicon", "Gross profit of silicon", "USD bn", "={pool_silicon}*{gm_silicon}"),
            Row("profit_cloud", "Gross profit of clouds", "USD bn", "={pool_cloud}*{gm_cloud}"),
            Row("profit_app", "Gross profit of applications", "USD bn", "={pool_app}*{gm_app}"),
            Row("profit_all", "Gross profit of all", "USD bn", "=SUM({profit_silicon..profit_app})"),
            Row("revenue_all", "Revenue of all", "USD bn", "=SUM({pool_silicon..pool_app})"),
            Row("share_silicon", "Silicon in the pool", "share", "={profit_silicon}/{profit_all}"),
            Row("share_cloud", "Clouds in the pool", "share", "={profit_cloud}/{profit_all}"),
            Row("share_app", "Applications in the pool", "share", "={profit_app}/{profit_all}"),
            Row("share_first", "Silicon in the pool, by its function", "share", "=INDEX(PROFIT_POOL_SHARE({pool_silicon..pool_app},{gm_silicon..gm_app}),1)"),
            Row("coverage", "Applications over silicon, revenue", "ratio", "={pool_app}/{pool_silicon}", "Silicon is paid ahead: a risk to it too"),
            Row("reaches", "Share of a dollar that reaches silicon", "share", "={pay_app}*{pay_model}*{pay_cloud}", "In the static chain"),
            Row("needed", "Application revenue that carries the silicon", "USD bn", "={pool_silicon}/{reaches}", "If the chain had to pay for it"),
            Row("stretch", "The same over that of today", "x", "={needed}/{pool_app}", "How far the build-out runs ahead"),
        ],
    ),
    (
        "A developer between silicon and platforms",
        [
            Row("after_silicon", "Margin after more expensive compute", "share", "=MARGIN_TRANSFER({developer_margin},{compute_share},{price_change},{pass_through})", "Down the stack"),
            Row("after_none", "The same, nothing passed on", "share", "=MARGIN_TRANSFER({developer_margin},{compute_share},{price_change},0)"),
            Row("after_full", "The same, all passed on", "share", "=MARGIN_TRANSFER({developer_margin},{compute_share},{price_change},1)", "The dollars are kept, the percentage is not"),
            Row("after_platform", "Margin after the platform's take", "share", "=MARGIN_TRANSFER({developer_margin},{compute_share},0,{pass_through},{take})", "Up the stack"),
            Row("after", "Margin after both", "share", "=MARGIN_TRANSFER({developer_margin},{compute_share},{price_change},{pass_through},{take})"),
            Row("lost_down", "Margin moved down to silicon", "share", "={developer_margin}-{after_silicon}"),
            Row("lost_up", "Margin moved up to the platform", "share", "={after_silicon}-{after}"),
            Row("lost", "Margin lost to both sides", "share", "={developer_margin}-{after}"),
            Row("after_relief", "Margin if compute gets cheaper instead", "share", "=MARGIN_TRANSFER({developer_margin},{compute_share},-{relief},{pass_through},{take})", "The other direction"),
            Row("dearer", "Cost added, over revenue", "share", "={compute_share}*(EXP({price_change})-1)"),
            Row("after_again", "Margin after both, again", "share", "=1-(1-{developer_margin}+{dearer})/(1+{pass_through}*{dearer})-{take}", "By hand"),
            Row("start_needed", "Margin to start from to stay at the bar", "share", '=BREAKEVEN_SOLVE("MARGIN_TRANSFER",{developer_margin..take},1,{margin_bar},-1,1)', "Before both"),
            Row("start_again", "Margin to start from, again", "share", "=1+{dearer}-(1-{margin_bar}-{take})*(1+{pass_through}*{dearer})", "By hand"),
        ],
    ),
    (
        "Price against open models",
        [
            Row("gap_later", "Gap after a year", "points", "=PERFORMANCE_GAP({gap},{gap_stays},{halflife},1)"),
            Row("gap_again", "Gap after a year, again", "points", "={gap_stays}+({gap}-{gap_stays})/(1+1)^(1/{halflife})"),
            Row("premium", "Premium at which buyers are indifferent", "share", "=PRICE_PREMIUM({gap},{theta})", "Now"),
            Row("premium_later", "Premium at which buyers are indifferent, in a year", "share", "=PRICE_PREMIUM({gap_later},{theta})"),
            Row("premium_again", "Premium in a year, again", "share", "=EXP({theta}*{gap_later})-1"),
            Row("price", "Best price of the closed model now", "USD per Mtok", "=MODEL_PRICE({gap},{theta},{elasticity},{model_cost},{rival_price})"),
            Row("price_later", "Best price after a year, cost unchanged", "USD per Mtok", "=MODEL_PRICE({gap_later},{theta},{elasticity},{model_cost},{rival_price})"),
            Row("price_fall", "Fall of the price from the gap alone", "share", "=1-{price_later}/{price}"),
            Row("bought", "Share of buyers at that price", "share", "=1/(1+EXP(-{elasticity}*({theta}*{gap}-LN({price}/{rival_price}))))", "Logit"),
            Row("first_order", "Margin times sensitivity left: 1 at the best", "ratio", "={elasticity}*(1-{bought})*(1-{model_cost}/{price})", "First-order condition"),
            Row("markup", "Margin at the best price", "share", "=1-{model_cost}/{price}"),
            Row("bar_gap", "Gap at which the premium meets the bar", "points", "=LN(1+{premium_bar})/{theta}"),
            Row("bar_years", "Years until it does", "years", '=IFERROR(MAX(0,{halflife}*LN(({gap}-{gap_stays})/({bar_gap}-{gap_stays}))/LN(1+1)),"never")', "Never where the gap that stays is larger"),
        ],
    ),
]  # fmt: skip

GAP: list[tuple[str, list[Block]]] = [
    (
        "Gap and price, year by year",
        [
            Row("years", "Years from today", "years", "={period}-1"),
            Row("g_gap", "Gap to open models", "points", "=PERFORMANCE_GAP({gap$},{gap_stays$},{halflife$},{years})"),
            Row("g_gap_again", "Gap, again", "points", "={gap_stays$}+({gap$}-{gap_stays$})/(1+1)^({years}/{halflife$})"),
            Row("g_premium", "Premium at which buyers are indifferent", "share", "=PRICE_PREMIUM({g_gap},{theta})"),
            Row("g_premium_again", "Premium, again", "share", "=EXP({theta}*{g_gap})-1"),
            Row("g_cost", "Cost of the closed model", "USD per Mtok", "={model_cost}*(1-{cost_fall})^{years}"),
            Row("g_rival", "Price of the open rival", "USD per Mtok", "={rival_price}*(1-{cost_fall})^{years}"),
            Row("g_price", "Best price of the closed model", "USD per Mtok", "=MODEL_PRICE({g_gap},{theta},{elasticity},{g_cost},{g_rival})"),
            Row("g_cap", "Price if all buyers compared", "USD per Mtok", "=MAX({g_cost},{g_rival}*(1+{g_premium}))", "Bertrand: the larger of cost and indifference"),
            Row("g_bought", "Share of buyers at the best price", "share", "=1/(1+EXP(-{elasticity}*({theta}*{g_gap}-LN({g_price}/{g_rival}))))"),
            Row("g_markup", "Margin at the best price", "share", "=1-{g_cost}/{g_price}"),
            Row("g_first", "First-order condition", "ratio", "={elasticity}*(1-{g_bought})*{g_markup}", "1 where the price is the best"),
            Row("g_profit", "Profit of a million tokens on the market", "USD per Mtok", "={g_bought}*({g_price}-{g_cost})"),
            Row("g_real", "The same without the fall of cost", "USD per Mtok", "={g_profit}/(1-{cost_fall})^{years}", "What the gap alone takes"),
        ],
    ),
    (
        "Over the years",
        [
            Row("g_off", "Gaps apart from those by hand", "points", "=SQRT(SUMXMY2({g_gap:},{g_gap_again:}))", constant=True),
            Row("g_premium_off", "Premiums apart from those by hand", "share", "=SQRT(SUMXMY2({g_premium:},{g_premium_again:}))", constant=True),
            Row("g_first_off", "Conditions apart from 1", "ratio", "=SQRT(SUMPRODUCT(({g_first:}-1)*({g_first:}-1)))", constant=True),
            Row("none", "What they must be", "ratio", "=0", constant=True),
            Row("g_markup_now", "Margin today", "share", "=INDEX({g_markup:},1)", constant=True),
            Row("g_markup_end", "Margin of the last year", "share", "=INDEX({g_markup:},COUNT({years:}))", constant=True),
            Row("g_profit_kept", "Profit left of today's, cost unchanged", "share", "=INDEX({g_real:},COUNT({years:}))/INDEX({g_real:},1)", "In the last year", constant=True),
        ],
    ),
]  # fmt: skip


def _gap(side: str, country: str) -> Calc:
    code = "US" if side == "us" else "China"
    return Calc(
        f"Calc_{code}_Gap", f"Gap to open models year by year: {country}",
        "The lead of closed models, the premium it is worth and the best price; scenario in use", GAP, True, f"{side}_",
    )  # fmt: skip


def _table(side: str, country: str) -> tuple[str, list[Block]]:
    s = side
    return (
        f"By function: {country}",
        [
            SpillBlock(
                f"{s}_chain", "Chain", "USD", f"=STACK_WATERFALL({{{s}_pay_app..{s}_pay_silicon}},{{end_revenue}})",
                ("Takes in", "Pays down", "Keeps", "Share kept"), ("any currency", "any currency", "any currency", "share"), len(LAYERS),
                labels=LAYERS,
            ),
            Row(f"{s}_chain_off", "Shares apart from those by hand", "share", f"=SQRT(SUMXMY2({{{s}_chain_4:}},{{{s}_kept_app..{s}_kept_fab}}))", constant=True),
            Row(f"{s}_chain_all", "Kept by all layers", "USD", f"=SUM({{{s}_chain_3:}})", constant=True),
            SpillBlock(
                f"{s}_pool", "Profit pool", "share", f"=PROFIT_POOL_SHARE({{{s}_pool_silicon..{s}_pool_app}},{{{s}_gm_silicon..{s}_gm_app}})",
                ("Share of the pool",), ("share",), len(POOL), labels=POOL,
            ),
            Row(f"{s}_pool_off", "Shares apart from those by hand", "share", f"=SQRT(SUMXMY2({{{s}_pool_1:}},{{{s}_share_silicon..{s}_share_app}}))", constant=True),
        ],
    )  # fmt: skip


TABLE = Calc(
    "Calc_Table", "Chain and pool by their functions", "STACK_WATERFALL and PROFIT_POOL_SHARE against the rows by hand; scenario in use",
    [
        *(_table(side, country) for side, country in COUNTRIES),
        ("Must be", [Row("zero", "What the differences must be", "share", "=0", constant=True), Row("hundred", "What is kept by all", "USD", "={end_revenue}", constant=True)]),
    ],
    table=True,
)  # fmt: skip

_FIELDS = (("run_rate_revenue", "=1"), ("revenue_quarter", "{quarters}"), ("revenue_half", "{half_years}"), ("revenue", "=1"))  # fmt: skip
_MARKETS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("us_owners", "Compute owned, US", "compute_h100e", ("ALPHABET", "AMAZON", "META", "MICROSOFT", "ORACLE")),
    ("us_chips", "Chip makers, US", "", ("NVIDIA", "BROADCOM", "AMD")),
    ("cn_chips", "Chip makers, China", "", ("BIREN", "CAMBRICON", "HYGON", "METAX", "MOORE_THREADS")),
    ("us_models", "Model developers, US", "", ("ANTHROPIC", "OPENAI", "XAI")),
    ("cn_models", "Model developers, China", "", ("MINIMAX", "MOONSHOT", "ZHIPU")),
    ("us_apps", "Assistants of the US, users", "", ("ALPHABET", "META", "MICROSOFT", "OPENAI", "XAI")),
    ("cn_apps", "Assistants of China, users", "mau", ("DEEPSEEK", "DOUBAO", "QWEN", "YUANBAO")),
)


def _newest(entity: str) -> tuple[str, str]:
    """The field of the newest revenue of a company, and its periods in a year."""
    revenues = [
        (data.history(entity, field)[-1].as_of, -order, field, periods)
        for order, (field, periods) in enumerate(_FIELDS)
        if (entity, field) in tables.observations()
    ]
    *_, field, periods = max(revenues)
    return field, periods  # fmt: skip


def _market(key: str, label: str, field: str, entities: tuple[str, ...]) -> tuple[str, list[Block]]:
    """A listing of those who share a market, and how concentrated it is."""
    users, owners = key.endswith("apps"), key.endswith("owners")
    unit = "users" if users else "H100e" if owners else "USD m"
    rows = []
    for entity in entities:
        counted = field or ("mau" if (entity, "mau") in tables.observations() and entity != "OPENAI" else "wau")
        of, periods = (counted, "=1") if users or owners else _newest(entity)
        amount = "=AI_DATA(H{r},I{r})" if users or owners else '=AI_DATA(H{r},I{r},,"USD m")*J{r}'
        source = '=LEFT(DATA_SOURCE(H{r},I{r}),FIND(" http",DATA_SOURCE(H{r},I{r})&" http")-1)'
        rows.append((entity, of, periods, amount, f"=K{{r}}/SUM({{{key}_4:}})", source))
    names = [tables.entities()[entity]["name"] for entity in entities]
    return (
        label,
        [
            TableBlock(
                key, label, unit, ("Id", "Figure", ">Periods a year", ">Amount", ">Share", "  Source"),
                ("text", "text", "periods per year", unit, "share", ""), rows, labels=names,
            ),
            Row(f"{key}_hhi", f"Concentration: {label}", "0 to 10000", f"=HHI({{{key}_4:}})", "Of the named only", constant=True),
            Row(f"{key}_again", "Concentration, again", "0 to 10000", f"=100*100*SUMSQ({{{key}_5:}})", constant=True),
            Row(f"{key}_firms", "Equal firms that would give it", "count", f"=100*100/{{{key}_hhi}}", constant=True),
            Row(f"{key}_sum", f"Sum: {label}", unit, f"=SUM({{{key}_4:}})", constant=True),
        ],
    )  # fmt: skip


SHARES = Calc(
    "Calc_Shares", "Concentration by layer", "Dated figures of named owners, makers, developers and apps; the newest of each, of different days",
    [
        *(_market(*market) for market in _MARKETS),
        (
            "Between the countries",
            [
                Row("cn_compute", "Compute owned in China, all owners", "H100e", '=AI_DATA("CN","compute_h100e")', constant=True),
                Row("us_owner_share", "Five US owners in both", "share", "={us_owners_sum}/({us_owners_sum}+{cn_compute})", "Foreign clouds of Chinese users not counted", constant=True),
                Row("us_chip_share", "US makers in the chip revenue named", "share", "={us_chips_sum}/({us_chips_sum}+{cn_chips_sum})", "All their chips, not AI alone", constant=True),
                Row("us_best", "Best chip on record, US", "TPP", '=MAX(GPU_SPEC("gb300","tpp"),GPU_SPEC("mi355x","tpp"))', constant=True),
                Row("cn_best", "Best chip on record, China", "TPP", '=MAX(GPU_SPEC("ascend-910c","tpp"),GPU_SPEC("br100","tpp"))', constant=True),
                Row("us_tpp_share", "US in the two", "share", "={us_best}/({us_best}+{cn_best})", constant=True),
                Row("app_ratio", "Assistants, users: China over US", "ratio", "={cn_apps_sum}/{us_apps_sum}", "Counts of month and week, home and abroad", constant=True),
                Row("us_covered", "Models over chips, revenue named, US", "ratio", "={us_models_sum}/{us_chips_sum}", constant=True),
                Row("cn_covered", "Models over chips, revenue named, China", "ratio", "={cn_models_sum}/{cn_chips_sum}", constant=True),
            ],
        ),
    ],
    table=True,
)  # fmt: skip

_FLAGSHIPS = ("gpt-4", "gpt-4-turbo", "gpt-4o-2024-05-13", "gpt-5", "gpt-5.4", "gpt-5.5", "gpt-5.6-sol")
_CLOSED = ("gpt-5.6-sol", "claude-opus-5-5", "gemini-4-argon")
_OPEN = ("deepseek-v4-pro", "glm-5.3", "qwen3.8-2.4t-a95b")


def _priced(key: str, label: str, models: tuple[str, ...]) -> TableBlock:
    return TableBlock(
        key, label, "USD per Mtok", ("Model", ">Prompt", ">Answer", ">Blended"), ("text", "USD per Mtok", "USD per Mtok", "USD per Mtok"),
        [(model, '=TOKEN_PRICE(H{r},"input")', '=TOKEN_PRICE(H{r},"output")', '=TOKEN_PRICE(H{r},"blended")') for model in models],
        labels=models,
    )  # fmt: skip


PRICES = Calc(
    "Calc_Prices", "List prices", "What closed and open models list for; and the flagship of one laboratory from its first to its newest",
    [
        (
            "Closed against open, newest",
            [
                _priced("closed", "Closed model", _CLOSED),
                _priced("opened", "Model with open weights", _OPEN),
                Row("closed_price", "Closed models, median of answers", "USD per Mtok", "=MEDIAN({closed_3:})", constant=True),
                Row("open_price", "Open models, median of answers", "USD per Mtok", "=MEDIAN({opened_3:})", constant=True),
                Row("listed_premium", "Premium of closed models at list prices", "share", "={closed_price}/{open_price}-1", constant=True),
                Row("listed_gap", "Gap that it implies", "points", "=LN(1+{listed_premium})/{theta}", "In the units of theta", constant=True),
                Row("listed_over", "The same over the gap assumed, US", "ratio", "={listed_gap}/{us_gap}", "Above 1 prices hold better than the model says", constant=True),
            ],
        ),
        (
            "A flagship over its generations",
            [
                _priced("flagship", "Flagship", _FLAGSHIPS),
                Row("flagship_change", "Newest over first", "share", "=INDEX({flagship_3:},ROWS({flagship_3:}))/INDEX({flagship_3:},1)-1", "Answers", constant=True),
                Row("flagship_low", "Lowest of all", "USD per Mtok", "=MIN({flagship_3:})", constant=True),
                Row("flagship_up", "Newest over the lowest", "share", "=INDEX({flagship_3:},ROWS({flagship_3:}))/{flagship_low}-1", "Up again since", constant=True),
                Row("blend_again", "Blended price of the newest, again", "USD per Mtok", "=(({quarters}-1)*INDEX({flagship_2:},ROWS({flagship_2:}))+INDEX({flagship_3:},ROWS({flagship_3:})))/{quarters}", "Three parts prompt, one part answer", constant=True),
                Row("blend", "Blended price of the newest", "USD per Mtok", "=INDEX({flagship_4:},ROWS({flagship_4:}))", constant=True),
            ],
        ),
        (
            "Evidence on the gap",
            [
                Row("arena_change", "Change of the arena gap in 13 months", "share", "={arena_end}/{arena_start}-1", "It shrank", constant=True),
                Row("arena_halflife", "Half-life that it implies", "years", "={arena_months}/12*LN(1+1)/LN({arena_start}/{arena_end})", constant=True),
                Row("arena_again", "The last year, by PERFORMANCE_GAP", "points", "=PERFORMANCE_GAP({arena_start},0,{arena_halflife},{arena_months}/12)", constant=True),
            ],
        ),
    ],
    table=True,
)  # fmt: skip


def _friction(kind: str, label: str) -> tuple[str, list[Block]]:
    k = kind
    return (
        label,
        [
            Row(f"{k}_x1", "Depth of integration", "0 to 1", f"=1-EXP(-{{{k}_links}}/{{few_links}})"),
            Row(f"{k}_x2", "Data of its own", "0 to 1", f"={{{k}_data}}"),
            Row(f"{k}_x3", "Parties", "0 to 1", f"=1-1/{{{k}_parties}}"),
            Row(f"{k}_x4", "Retraining", "0 to 1", f"=MIN(1,{{{k}_retraining}})"),
            Row(f"{k}_x5", "Lock", "0 to 1", f"={{{k}_lock}}"),
            Row(f"{k}_friction", f"Friction of removal: {label.lower()}", "0 to 1", f"=FRICTION_SCORE({{{k}_x1..{k}_x5}},{{w_links..w_lock}})", "Weighted mean of the five"),
            Row(f"{k}_churn", f"Churn: {label.lower()}", "per year", f"=FRICTION_CHURN({{{k}_friction}},{{churn_free}},{{churn_locked}})"),
            Row(f"{k}_life", "Years that a customer stays", "years", f"=1/{{{k}_churn}}", "Mean, at a constant churn"),
            Row(f"{k}_value", f"Value of 100 a year: {label.lower()}", "USD per customer", f"=LTV({{account_margin}},1,{{{k}_churn}},{{us_user_discount}})", "Of margin; only the friction differs"),
            Row(f"{k}_us_value", f"US plan with that: {label.lower()}", "USD per customer", f"=LTV(12*{{us_arpa}},{{us_unit_margin}},{{{k}_churn}},{{us_user_discount}})", "Lifetime value of the plan if it had the friction"),
            Row(f"{k}_cn_value", f"Chinese plan with that: {label.lower()}", "USD per customer", f"=LTV(12*{{cn_arpa}},{{cn_unit_margin}},{{{k}_churn}},{{cn_user_discount}})", "Lifetime value of the plan if it had the friction"),
            Row(f"{k}_ratio", f"Switching ratio: {label.lower()}", "ratio", f"=SWITCHING_RATIO({{{k}_switch}},{{{k}_saving}},{{saving_rate}},{{saving_years}})", "Cost to switch over savings; above 1 the customer stays"),
            Row(f"{k}_friction_again", "Friction, again", "0 to 1", f"=SUMPRODUCT({{{k}_x1..{k}_x5}},{{w_links..w_lock}})/SUM({{w_links..w_lock}})"),
            Row(f"{k}_hazard", "Hazard of leaving", "per year", f"=-LN(1-{{churn_free}})*(LN(1-{{churn_locked}})/LN(1-{{churn_free}}))^{{{k}_friction}}"),
            Row(f"{k}_churn_again", "Churn, again", "per year", f"=1-EXP(-{{{k}_hazard}})"),
            Row(f"{k}_value_again", "Value of 100 dollars a year, again", "USD per customer", f"={{account_margin}}*(1+{{us_user_discount}})/({{us_user_discount}}+{{{k}_churn}})"),
            Row(f"{k}_annuity", "Savings of a dollar a year, today", "ratio", "=(1-(1+{saving_rate})^-{saving_years})/LN(1+{saving_rate})"),
            Row(f"{k}_ratio_again", "Cost to switch over savings, again", "ratio", f"={{{k}_switch}}/({{{k}_saving}}*{{{k}_annuity}})"),
        ],
    )  # fmt: skip


FRICTIONS = Calc(
    "Calc_Friction", "Friction of removal", "Four kinds of application: what holds a customer, the churn that follows, and its value",
    [
        *(_friction(kind, label) for kind, label in KINDS),
        (
            "Workflow against chat",
            [
                Row("friction_gap", "Friction, workflow less chat", "0 to 1", "={flow_friction}-{chat_friction}"),
                Row("value_ratio", "Value, workflow over chat", "ratio", "={flow_value}/{chat_value}", "At the same margin a year"),
                Row("moat_gap", "People who use AI less friction of chat", "share", "={penetration}-{chat_friction}", "Saturation without a moat"),
                Row("half_friction", "Friction at which half of customers leave", "0 to 1", "=LN(-LN(1/(1+1))/-LN(1-{churn_free}))/LN(LN(1-{churn_locked})/LN(1-{churn_free}))", "In a year"),
                Row("stay_cost", "Cost to switch that holds a chat user", "USD", "={chat_saving}*{chat_annuity}", "Where the ratio is 1"),
            ],
        ),
        (
            "Evidence for the claims",
            [
                Row("lag_change", "Change of the lag of open models", "share", "={lag_now}/{lag_before}-1", "Above 0 it stopped shrinking"),
                Row("lag_high", "The same, high end", "share", "=MAX({lag_now:})/{lag_before$}-1", constant=True),
            ],
        ),
    ],
)  # fmt: skip


def _country(side: str, name: str) -> tuple[str, list[Output]]:
    s = side
    return (
        name,
        [
            Output(f"{s}_app", f"Kept by applications, {name}", f"{s}_kept_app", "Of a dollar of the end users", True),
            Output(f"{s}_model", f"Kept by models, {name}", f"{s}_kept_model"),
            Output(f"{s}_cloud", f"Kept by clouds, {name}", f"{s}_kept_cloud"),
            Output(f"{s}_silicon", f"Kept by silicon, {name}", f"{s}_kept_silicon"),
            Output(f"{s}_fab", f"Kept by the fab, {name}", f"{s}_kept_fab"),
            Output(f"{s}_lead", f"Infrastructure less applications, {name}", f"{s}_infra_lead", "Above 0 infrastructure takes the rent"),
            Output(f"{s}_pool", f"Silicon in the profit pool of today, {name}", f"{s}_share_silicon", "Paid ahead of revenue", True),
            Output(f"{s}_pool_app", f"Applications in the profit pool of today, {name}", f"{s}_share_app"),
            Output(f"{s}_coverage", f"Application over silicon revenue, {name}", f"{s}_coverage"),
            Output(f"{s}_needed", f"Application revenue needed to pay for the silicon, {name}", f"{s}_needed", "If the chain had to pay for it"),
            Output(f"{s}_after", f"Developer margin under pressure, {name}", f"{s}_after", "By more expensive compute and a larger platform fee", True),
            Output(f"{s}_down", f"Margin moved down to silicon, {name}", f"{s}_lost_down"),
            Output(f"{s}_up", f"Margin moved up to the platform, {name}", f"{s}_lost_up"),
            Output(f"{s}_relief", f"Developer margin with cheaper compute, {name}", f"{s}_after_relief"),
            Output(f"{s}_price", f"Best price against open models, {name}", f"{s}_price"),
            Output(f"{s}_fall", f"Fall of that price in a year as the gap closes, {name}", f"{s}_price_fall", "Cost and rival price unchanged"),
            Output(f"{s}_years", f"Years to a premium of a quarter, {name}", f"{s}_bar_years", "Never where more of the gap stays"),
        ],
    )  # fmt: skip


OUTPUTS = [
    *(_country(side, name) for side, name in COUNTRIES),
    (
        "Friction and concentration",
        [
            *(Output(f"{kind}_churn", f"Annual churn, {label.lower()}", f"{kind}_churn") for kind, label in KINDS),
            Output("value_ratio", "Value, workflow over chat", "value_ratio", "At the same margin a year", True),
            Output("us_chat", "Value of a US plan, friction of consumer chat", "chat_us_value"),
            Output("us_flow", "Value of a US plan, friction of a workflow", "flow_us_value"),
            Output("cn_chat", "Value of a Chinese plan, friction of consumer chat", "chat_cn_value"),
            Output("cn_flow", "Value of a Chinese plan, friction of a workflow", "flow_cn_value"),
            Output("chat_switch", "Switching ratio, consumer chat", "chat_ratio", "Below 1 the user leaves"),
            Output("flow_switch", "Switching ratio, multi-party workflow", "flow_ratio", "Above 1 the customer stays"),
            Output("us_chip_hhi", "Concentration of chip makers, US", "us_chips_hhi", "Above 1,800: highly concentrated"),
            Output("cn_chip_hhi", "Concentration of chip makers, China", "cn_chips_hhi"),
            Output("us_app_hhi", "Concentration of assistants, US", "us_apps_hhi"),
            Output("cn_app_hhi", "Concentration of assistants, China", "cn_apps_hhi"),
            Output("compute_share", "Share of five US owners in the compute of both countries", "us_owner_share"),
            Output("listed_premium", "Premium of closed models at list prices", "listed_premium", "Median of the newest, over open models"),
            Output("lag_change", "Change of the lag of open models", "lag_change", "2026 over October 2025"),
        ],
    ),
]  # fmt: skip

SENSITIVITIES = [
    Sensitivity(
        "MARGIN_TRANSFER", "Gross margin of a developer, US",
        [("Gross margin before", "us_developer_margin"), ("Compute over revenue", "us_compute_share"), ("Price of compute", "us_price_change"), ("Passed on", "us_pass_through"), ("Take of the platform", "us_take")],
        "Take of the platform", "Price of compute",
    ),
    Sensitivity(
        "MODEL_PRICE", "Best price of a closed model, US",
        [("Gap", "us_gap"), ("Value of a point", "theta"), ("Sensitivity of buyers", "elasticity"), ("Cost", "us_model_cost"), ("Price of the open rival", "us_rival_price")],
        "Gap", "Sensitivity of buyers",
    ),
]  # fmt: skip


def _waterfall(side: str, name: str, color: str, main: bool) -> Chart:
    return Chart("column", f"What each layer keeps of 100 dollars: {name}", "layer, from the user down", "USD", "Calc_Table, STACK_WATERFALL; scenario in use", [
        Curve("Paid down", f"{side}_chain_2", f"labels_of_{side}_chain", hidden=True),
        Curve("Kept", f"{side}_chain_3", f"labels_of_{side}_chain", color),
    ], True, "0", main)  # fmt: skip


CHARTS = [
    _waterfall("us", "US", "#2563EB", True),
    _waterfall("cn", "China", "#DC2626", True),
    Chart("column", "Profit pool of today: share of gross profit", "layer", "share", "Calc_Table, PROFIT_POOL_SHARE; scenario in use", [
        Curve("US chain", "us_pool_1", "labels_of_us_pool", "#2563EB"), Curve("China", "cn_pool_1", "labels_of_cn_pool", "#DC2626"),
    ], number_format="0%", main=True),
    tornado("Margin of a developer: what moves it, US", "Sensitivity, MARGIN_TRANSFER", 1, "share", "0%", True),
    Chart("line", "Price premium that the gap to open models is worth", "years from today", "share above the open price", "Calc_US_Gap and Calc_China_Gap; scenario in use", [
        Curve("US", "us_g_premium", "period", "#2563EB"), Curve("China", "cn_g_premium", "period", "#DC2626"),
    ], number_format="0%"),
    Chart("line", "Best price against the open rival, US", "years from today", "USD per million tokens", "Calc_US_Gap; scenario in use", [
        Curve("Closed model", "us_g_price", "period", "#2563EB"), Curve("Open rival", "us_g_rival", "period", "#059669"), Curve("Cost", "us_g_cost", "period", "#6B7280"),
    ], number_format="0.00"),
    Chart("bar", "Annual churn by kind of application", "kind", "share of customers", "Calc_Kinds; scenario in use", [
        Curve("Churn", "kinds_3", "labels_of_kinds", "#DC2626"),
    ], number_format="0%", reverse=True),
    Chart("bar", "Lifetime value of a paid plan, by friction of removal", "friction of this kind of application", "USD", "Calc_Kinds; scenario in use", [
        Curve("US", "kinds_4", "labels_of_kinds", "#2563EB"), Curve("China", "kinds_5", "labels_of_kinds", "#DC2626"),
    ], number_format="0", reverse=True),
    Chart("bar", "Concentration of the named companies, by layer", "layer", "index, above 1,800 is highly concentrated", "Calc_Kinds, HHI; data set", [
        Curve("Index", "layers_1", "labels_of_layers", "#0F4C81"),
    ], number_format="#,##0", reverse=True),
    Chart("column", "List price of one flagship over its generations", "model", "USD per million answer tokens", "Calc_Prices; data set", [
        Curve("Answer tokens", "flagship_3", "labels_of_flagship", "#7C3AED"),
    ], number_format="0"),
    tornado("Best price of a closed model: what moves it, US", "Sensitivity, MODEL_PRICE", 2, "USD per million tokens", "0.00"),
    Chart("column", "Margin of a developer between silicon and platforms", "scenario", "gross margin", "Calc_US and Calc_China", [
        Curve("US, before", "us_developer_margin", "scenarios", "#93C5FD"), Curve("US, after", "us_after", "scenarios", "#2563EB"),
        Curve("China, before", "cn_developer_margin", "scenarios", "#FCA5A5"), Curve("China, after", "cn_after", "scenarios", "#DC2626"),
    ], number_format="0%"),
]  # fmt: skip

SUMMARY = Calc(
    "Calc_Kinds", "Kinds and layers side by side", "For the charts: what Calc_Friction and Calc_Shares say, in one place; scenario in use",
    [
        (
            "Kinds of application",
            [
                TableBlock(
                    "kinds", "Kind", "as stored", (">Friction", ">Switching ratio", ">Churn", ">Value, US", ">Value, China"), ("0 to 1", "ratio", "per year", "USD per customer", "USD per customer"),
                    [(f"{{{kind}_friction}}", f"{{{kind}_ratio}}", f"{{{kind}_churn}}", f"{{{kind}_us_value}}", f"{{{kind}_cn_value}}") for kind, _ in KINDS],
                    labels=[label for _, label in KINDS],
                ),
            ],
        ),
        (
            "Layers",
            [
                TableBlock(
                    "layers", "Layer", "0 to 10000", (">Concentration", ">Equal firms"), ("0 to 10000", "count"),
                    [(f"{{{key}_hhi}}", f"{{{key}_firms}}") for key, *_ in _MARKETS],
                    labels=[label for _, label, *_ in _MARKETS],
                ),
                Row("concentrated", "Layers above the bar", "count", '=COUNTIF({layers_1:},">"&{hhi_bar})', "Highly concentrated", constant=True),
            ],
        ),
    ],
    table=True,
)  # fmt: skip

CHECKS = [
    *(
        check
        for side, name in COUNTRIES
        for check in (
            Check(f"Chain by STACK_WATERFALL, by products: {name}", f"{side}_chain_off", "zero"),
            Check(f"The layers keep all that comes in: {name}", f"{side}_chain_all", "hundred"),
            Check(f"Profit pool, by hand: {name}", f"{side}_pool_off", "zero"),
            Check(f"Silicon in the pool, by hand: {name}", f"{side}_share_first", f"{side}_share_silicon"),
            Check(f"Margin after both, by hand: {name}", f"{side}_after", f"{side}_after_again"),
            Check(f"Margin to start from, by hand: {name}", f"{side}_start_needed", f"{side}_start_again", 1e-8),
            Check(f"Gap after a year, by hand: {name}", f"{side}_gap_later", f"{side}_gap_again"),
            Check(f"Premium after a year, by hand: {name}", f"{side}_premium_later", f"{side}_premium_again"),
            Check(f"Gap year by year, by hand: {name}", f"{side}_g_off", f"{side}_none"),
            Check(f"Premium year by year, by hand: {name}", f"{side}_g_premium_off", f"{side}_none"),
            Check(f"The price is the best in each year: {name}", f"{side}_g_first_off", f"{side}_none", 1e-7),
        )
    ),
    *(Check(f"Concentration, by hand: {label}", f"{key}_hhi", f"{key}_again") for key, label, *_ in _MARKETS),
    *(
        check
        for kind, label in KINDS
        for check in (
            Check(f"Friction, by hand: {label.lower()}", f"{kind}_friction", f"{kind}_friction_again"),
            Check(f"Churn by proportional hazards, by hand: {label.lower()}", f"{kind}_churn", f"{kind}_churn_again"),
            Check(f"Value, by hand: {label.lower()}", f"{kind}_value", f"{kind}_value_again"),
            Check(f"Cost to switch over savings, by hand: {label.lower()}", f"{kind}_ratio", f"{kind}_ratio_again"),
        )
    ),
    Check("The arena gap ends where it did", "arena_again", "arena_end"),
    Check("Blended list price, three parts to one", "blend", "blend_again"),
]  # fmt: skip

CLAIMS = [
    Claim("C02", "Chinese companies dominate consumer AI in everyday use", "AI_DATA, HHI", "Users of named assistants, China over US", ("app_ratio", "app_ratio", "app_ratio"), 1, "Users at home alone: the US counts are of the world", "Dated user counts of the data set"),
    Claim("C05", "Everyday use and control of the foundation are different things", "FRICTION_SCORE", "Friction of removal, workflow less consumer chat", "friction_gap", 0.25, "Consumer apps as hard to remove as workflows", ARTICLE),
    Claim("C06", "Saturation is taken for a moat", "AI_DATA, FRICTION_SCORE", "Share of people who use AI, less friction of chat", "moat_gap", 0.1, "A friction of chat above 0.33: integrations and data that it lacks", ARTICLE),
    Claim("C09", "The US commands the compute and the chips", "HHI, GPU_SPEC, AI_DATA", "US in: best chip; chip revenue; compute owned", ("us_tpp_share", "us_chip_share", "us_owner_share"), 0.5, "A Chinese chip, maker or fleet as large as the American", "Dated figures of the data set"),
    Claim("C33", "Infrastructure takes the rent, applications the churn", "STACK_WATERFALL, PROFIT_POOL_SHARE", "Static chain: infrastructure less applications, US", "us_infra_lead", 0, "Applications that pay more than 65 % to models", CHAIN),
    Claim("C34", "Hardware and cloud get certain margin first", "PROFIT_POOL_SHARE, STACK_WATERFALL", "Silicon in the profit pool of today, US chain", "us_share_silicon", 0.5, "Applications at nine and a half times their revenue, or silicon at a margin of 20 %", CHAIN),
    Claim("C35", "Foundation models turn into a commodity, the gap shrinks", "PERFORMANCE_GAP, PRICE_PREMIUM", "Arena gap to 2025; lag to 2026, base; its high end", ("arena_change", "lag_change", "lag_high"), 0, "The arena gap shrank by four fifths; the lag of open models grew again from three months", EPOCH, False),
    Claim("C36", "Pricing power over the interface alone wears off", "MODEL_PRICE, PRICE_PREMIUM", "Fall of the best price in a year from the gap, US", "us_price_fall", 0.1, "A gap that stays; listed, closed models are at 4.5 times open ones, and the flagship rose since 2025", ARTICLE),
    Claim("C37", "Margins shrink without distribution of one's own", "MARGIN_TRANSFER", "Margin lost to both sides, US", "us_lost", 0.05, "Dearer compute passed on in full, and no take", ARTICLE),
    Claim("C38", "Applications compete without limit, switching is cheap", "SWITCHING_RATIO, FRICTION_CHURN, HHI", "Cost to switch over what it saves, consumer chat", "chat_ratio", 1, "A cost to switch near USD 240; on competition the count says otherwise: four or five assistants hold the users named", ARTICLE, False),
    Claim("C45", "Margin moves down to silicon and up to platforms", "MARGIN_TRANSFER, STACK_WATERFALL", "Gross margin of the developer after both, US", "us_after", 0.5, "A margin of 66 % to start from", ARTICLE, False),
    Claim("C46", "Back applications inside work of many parties", "FRICTION_SCORE, FRICTION_CHURN, SWITCHING_RATIO, LTV", "Value of an account, workflow over chat", "value_ratio", 2, "A workflow with the friction of a copilot", ARTICLE),
    Claim("C47", "Low-value consumer use churns", "FRICTION_CHURN", "Churn of consumer chat in a year", "chat_churn", 0.5, "A friction of removal above a quarter", ARTICLE),
]  # fmt: skip


def template() -> Template:
    """The declaration of the workbook."""
    sides = [part for side, _ in COUNTRIES for part in _per_side(side)]
    about = "The chain, the profit pool, a developer under margin pressure, and its price against open models; both have the same rows"
    return Template(
        "capital_stack", TITLE, PURPOSE, GUIDE,
        [("General", GENERAL), *sides, *(_scored(kind, label) for kind, label in KINDS), ("Friction", FRICTION)],
        [
            *calcs("", "Capital stack", about, LINES),
            *(_gap(side, name) for side, name in COUNTRIES),
            TABLE, SHARES, PRICES, FRICTIONS, SUMMARY,
        ],
        OUTPUTS, SENSITIVITIES, CHARTS, CHECKS, CLAIMS, Timeline(PERIODS, 12, "model_start"),
    )  # fmt: skip
