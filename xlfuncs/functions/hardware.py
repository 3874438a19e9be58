"""Hardware: cost, throughput, training capacity and physical limits of accelerators."""

from __future__ import annotations

from xlfuncs.catalogue import bibliography as by
from xlfuncs.catalogue.quantities import (
    Accelerators,
    ActiveExperts,
    ActiveParams,
    ActiveParamsRead,
    ActiveParamsTrained,
    AlgorithmicGain,
    AttentionGflop,
    Availability,
    Bandwidth,
    Batch,
    BitLength,
    BitsPerToken,
    BytesMoved,
    BytesPerValue,
    CapacityCn,
    CapacityUs,
    Capex,
    CapitalRate,
    Chips,
    CoefficientA,
    CoefficientB,
    Context,
    ContextHeld,
    Days,
    DenseParams,
    DenseTops,
    Efficiency,
    EnergyPerToken,
    Experts,
    ExponentAlpha,
    ExponentBeta,
    FlopPerJoule,
    FlopPerToken,
    Flops,
    GpuHour,
    HeadDim,
    HourCost,
    HourCostCn,
    HourCostUs,
    KvBytes,
    KvBytesHeld,
    KvHeads,
    LatentDim,
    Layers,
    Life,
    LoadFactor,
    Loss,
    LossFloor,
    Mbu,
    Memory,
    Mfu,
    MfuHired,
    MfuUsed,
    MtokPrice,
    OpexOfCapex,
    OverheadMs,
    Params,
    PeakTflops,
    PeakTflopsHired,
    PeakTflopsUsed,
    PjPerBit,
    PowerKw,
    PowerPrice,
    Premium,
    Pue,
    ReplicaSize,
    Residual,
    Sequences,
    Sparsity,
    Temperature,
    Throughput,
    TokenSpeed,
    TokensPerParam,
    TokensPerParamSet,
    TotalParams,
    TotalParamsWanted,
    Tpp,
    TrainedTokens,
    TrainingDays,
    TrainingTokens,
    Usable,
    Usd,
    WeightBytes,
)
from xlfuncs.core.constraints import Constraint
from xlfuncs.core.function import sheet_function
from xlfuncs.core.numerics import expm1, floor, log1p, maximum, sqrt, where
from xlfuncs.core.unit_words import HOURS_PER_YEAR

CATEGORY = "Hardware"

BOLTZMANN = 1.380649e-23  # J/K, exact by the definition of the kelvin (SI, 2019)
LN_2 = 0.6931471805599453


@sheet_function(
    formula="((capex - residual * capex / (1 + capital_rate) ^ life_years) * IF(ABS(capital_rate) < 1E-12, "
    "1 / life_years, capital_rate / (1 - (1 + capital_rate) ^ -life_years)) / 8766 + opex_share * capex / 8766 "
    "+ load_factor * power_kw * pue * power_price_kwh) / availability",
    source=by.PROJECT_FINANCE,
)
def gpu_hour_cost(
    capex: Capex,
    life_years: Life,
    power_kw: PowerKw,
    pue: Pue,
    power_price_kwh: PowerPrice,
    capital_rate: CapitalRate = 0.1,
    residual: Residual = 0,
    opex_share: OpexOfCapex = 0.05,
    load_factor: LoadFactor = 0.8,
    availability: Availability = 0.97,
) -> HourCost:
    """Full cost per available accelerator-hour: capital recovery, operating cost and electricity.

    Utilisation does not enter here; it enters only once, in SERVING_COST_PER_MTOK.

    Not for: Rented accelerators. The rent already includes capital, power and the margin of the cloud; pass the rent
    to SERVING_COST_PER_MTOK directly.

    >>> gpu_hour_cost(43830, 5, 1, 1.2, 0.1, 0, 0, 0, 0.5, 1)
    1.06
    """
    discount = expm1(-life_years * log1p(capital_rate))  # (1 + rate)^-life - 1
    recovery = where(abs(capital_rate) < 1e-12, lambda: 1 / life_years, lambda: -capital_rate / discount)
    capital = capex * (1 - residual * (1 + discount)) * recovery
    energy = load_factor * power_kw * pue * power_price_kwh
    return ((capital + opex_share * capex) / HOURS_PER_YEAR + energy) / availability


@sheet_function(
    formula="IF(latent_dim > 0, layers * latent_dim * bytes_per_value, 2 * layers * kv_heads * head_dim * "
    "bytes_per_value)",
    source=by.POPE_2022,
)
def kv_bytes_per_token(
    layers: Layers,
    kv_heads: KvHeads,
    head_dim: HeadDim,
    bytes_per_value: BytesPerValue = 2,
    latent_dim: LatentDim = 0,
) -> KvBytes:
    """Size of the key-value cache per token of context, for grouped-query or latent attention.

    Not for: Models with sliding-window or linear attention. Such layers stop caching as the context grows; count only
    the full-attention layers in layers.

    >>> kv_bytes_per_token(80, 8, 128)
    327680.0
    """
    numbers = where(latent_dim > 0, lambda: latent_dim, lambda: 2 * kv_heads * head_dim)
    return layers * numbers * bytes_per_value


@sheet_function(formula="mfu * peak_tflops * 1000 / (2 * active_params_b + attn_gflop)", source=by.POPE_2022)
def prefill_throughput(
    active_params_b: ActiveParamsRead,
    peak_tflops: PeakTflops,
    mfu: Mfu = 0.4,
    attn_gflop: AttentionGflop = 0,
) -> TokenSpeed:
    """Prompt tokens processed per second per accelerator, limited by compute.

    Not for: Long prompts with attn_gflop left at 0. Attention compute grows with the context, so the true speed is
    lower.

    >>> prefill_throughput(50, 1000, 0.5)
    5000.0
    """
    return mfu * peak_tflops * 1000 / (2 * active_params_b + attn_gflop)


@sheet_function(
    formula="batch / accelerators / (MAX((IF(experts > 0, dense_params_b + (total_params_b - dense_params_b) * "
    "(1 - (1 - active_experts / MAX(experts, 1)) ^ batch), total_params_b) * weight_bytes * 1E9 + batch * context "
    "* kv_bytes) / (accelerators * mbu * bandwidth_tbs * 1E12), batch * (2E9 * active_params_b + 1E9 * attn_gflop) "
    "/ (accelerators * mfu * peak_tflops * 1E12)) + overhead_ms / 1000)",
    source=by.POPE_2022,
    constraints=[
        Constraint(
            lambda active_params_b, total_params_b: active_params_b <= total_params_b,
            "active_params_b {active_params_b} must not exceed total_params_b {total_params_b}.",
        ),
        Constraint(
            lambda active_experts, experts: active_experts <= experts,
            "active_experts {active_experts} must not exceed experts {experts}.",
        ),
        Constraint(
            lambda dense_params_b, total_params_b: dense_params_b <= total_params_b,
            "dense_params_b {dense_params_b} must not exceed total_params_b {total_params_b}.",
        ),
    ],
)
def decode_throughput(
    batch: Batch,
    total_params_b: TotalParams,
    active_params_b: ActiveParams,
    weight_bytes: WeightBytes,
    kv_bytes: KvBytes,
    context: Context,
    peak_tflops: PeakTflopsUsed,
    bandwidth_tbs: Bandwidth,
    accelerators: ReplicaSize,
    mfu: MfuUsed = 0.5,
    mbu: Mbu = 0.6,
    attn_gflop: AttentionGflop = 0,
    overhead_ms: OverheadMs = 0,
    experts: Experts = 0,
    active_experts: ActiveExperts = 0,
    dense_params_b: DenseParams = 0,
) -> TokenSpeed:
    """Answer tokens per second per accelerator in the roofline model: memory traffic or compute is the limit.

    Each step reads the weights that the batch uses (experts are assumed to be drawn evenly) and the cache of every
    sequence. Production systems achieve less than a single node: mfu 0.15 and mbu 0.22 match the figures published by
    DeepSeek.

    Not for: Batches whose cache does not fit in memory. The function does not check the memory, and the speed is then
    unattainable; take batch from MAX_BATCH.

    >>> decode_throughput(10, 70, 70, 1, 0, 0, 1000, 3.5, 1, 0.5, 0.5)
    250.0
    """

    def read_weights() -> float:
        share = 1 - (1 - active_experts / maximum(experts, 1.0)) ** batch
        return dense_params_b + (total_params_b - dense_params_b) * share

    weights = where(experts > 0, read_weights, lambda: total_params_b)
    traffic = (weights * weight_bytes * 1e9 + batch * context * kv_bytes) / (accelerators * mbu * bandwidth_tbs * 1e12)
    arithmetic = batch * (2e9 * active_params_b + 1e9 * attn_gflop) / (accelerators * mfu * peak_tflops * 1e12)
    return batch / accelerators / (maximum(traffic, arithmetic) + overhead_ms / 1000)


@sheet_function(
    formula="INT((memory_gb * accelerators * usable * 1E9 - total_params_b * 1E9 * weight_bytes) / "
    "(kv_bytes * context))",
    source=by.POPE_2022,
    constraints=[
        Constraint(
            lambda memory_gb, accelerators, usable, total_params_b, weight_bytes: (
                memory_gb * accelerators * usable >= total_params_b * weight_bytes
            ),
            "The weights do not fit in memory: memory_gb {memory_gb} times accelerators {accelerators} is too little "
            "for total_params_b {total_params_b}; use more accelerators or lower weight_bytes.",
        )
    ],
)
def max_batch(
    memory_gb: Memory,
    accelerators: ReplicaSize,
    total_params_b: TotalParams,
    weight_bytes: WeightBytes,
    kv_bytes: KvBytesHeld,
    context: ContextHeld,
    usable: Usable = 0.9,
) -> Sequences:
    """Maximum batch size: number of sequences whose cache fits in memory beside the weights.

    Not for: Services with a promised speed. The largest batch is the slowest for each user, who receives
    DECODE_THROUGHPUT times accelerators divided by batch.

    >>> max_batch(80, 4, 70, 1, 327680, 4000)
    166.0
    """
    free = memory_gb * accelerators * usable * 1e9 - total_params_b * 1e9 * weight_bytes
    return floor(free / (kv_bytes * context))


@sheet_function(formula="1000 * power_kw * pue / throughput", source=by.HO_2023)
def energy_per_token(power_kw: PowerKw, throughput: Throughput, pue: Pue = 1.2) -> EnergyPerToken:
    """Electrical energy per token at the meter; divide by 3.6 for kWh per million tokens.

    Not for: Chips at partial load. The full power_kw is counted, so the rated power gives too many joules; multiply
    the rated power by the mean load first.

    >>> energy_per_token(1, 1000, 1.2)
    1.2
    """
    return 1000 * power_kw * pue / throughput


@sheet_function(
    formula="(cost_cn / (perf_cn * eff_cn)) / (cost_us / (perf_us * eff_us)) / algorithmic_gain - 1",
    source=by.ARTICLE,
)
def hardware_premium(
    cost_cn: HourCostCn,
    perf_cn: CapacityCn,
    eff_cn: Efficiency,
    cost_us: HourCostUs,
    perf_us: CapacityUs,
    eff_us: Efficiency,
    algorithmic_gain: AlgorithmicGain = 1,
) -> Premium:
    """Extra cost of Chinese over US hardware per unit of work, after algorithmic gains.

    The premium depends on the workload: use FLOP/s for training and prompts, TB/s for answers and GB for capacity.

    Not for: Workloads limited by two capacities, such as prompts and answers together. No single capacity represents
    both; compare SERVING_COST_PER_MTOK.

    >>> hardware_premium(3, 1, 0.5, 2, 1, 0.5)
    0.5
    """
    return (cost_cn / (perf_cn * eff_cn)) / (cost_us / (perf_us * eff_us)) / algorithmic_gain - 1


@sheet_function(
    formula="6 * active_params_b * 1E9 * tokens_t / (peak_tflops * mfu * 3600) * gpu_hour", source=by.KAPLAN_2020
)
def training_cost(
    active_params_b: ActiveParamsTrained,
    tokens_t: TrainingTokens,
    peak_tflops: PeakTflopsHired,
    mfu: MfuHired,
    gpu_hour: GpuHour,
) -> Usd:
    """Cost of one training run at 6 FLOP per active parameter and token.

    The cost covers the final run only; research, failed runs and staff are extra.

    Not for: Long contexts and reinforcement learning. Attention and rollouts add to the 6 FLOP, so the cost is too
    low.

    >>> training_cost(30, 10, 1000, 0.5, 2)
    2000000.0
    """
    return 6 * active_params_b * 1e9 * tokens_t / (peak_tflops * mfu * 3600) * gpu_hour


@sheet_function(
    formula="(alpha * coef_a / (beta * coef_b)) ^ (1 / (alpha + beta)) * (flops / 6) ^ (beta / (alpha + beta)) / 1E9",
    source=by.BESIROGLU_2024,
)
def chinchilla_params(
    flops: Flops,
    coef_a: CoefficientA = 482.01,
    coef_b: CoefficientB = 2085.43,
    alpha: ExponentAlpha = 0.3478,
    beta: ExponentBeta = 0.3658,
) -> Params:
    """Compute-optimal number of parameters of a dense model (Chinchilla scaling law).

    The optimal number of training tokens is flops / 6 / parameters. The fit covers runs up to about 1e24 FLOP; beyond
    that it extrapolates.

    Not for: Models that will serve many users. The optimum ignores inference cost, and a smaller model trained for
    longer is cheaper overall.

    >>> chinchilla_params(6e18, 1, 1, 1, 1)
    1.0
    """
    total = alpha + beta
    return (alpha * coef_a / (beta * coef_b)) ** (1 / total) * (flops / 6) ** (beta / total) / 1e9


@sheet_function(
    formula="loss_floor + coef_a / (params_b * 1E9) ^ alpha + coef_b / (tokens_t * 1E12) ^ beta",
    source=by.BESIROGLU_2024,
)
def chinchilla_loss(
    params_b: Params,
    tokens_t: TrainedTokens,
    loss_floor: LossFloor = 1.8172,
    coef_a: CoefficientA = 482.01,
    coef_b: CoefficientB = 2085.43,
    alpha: ExponentAlpha = 0.3478,
    beta: ExponentBeta = 0.3658,
) -> Loss:
    """Training loss predicted by the Chinchilla scaling law for a model size and a number of tokens.

    Not for: Mixture-of-experts models and rankings by capability. The fit covers dense models on one data set, and
    success at tasks does not follow from the loss.

    >>> chinchilla_loss(1, 1, 1, 1e9, 1e12, 1, 1)
    3.0
    """
    return loss_floor + coef_a * (params_b * 1e9) ** -alpha + coef_b * (tokens_t * 1e12) ** -beta  # never overflows


@sheet_function(
    formula="sparsity * SQRT(chips * peak_tflops * 1E12 * mfu * 86400 * days * algorithmic_gain / "
    "(6 * tokens_per_param)) / 1E9",
    source=by.HOFFMANN_2022,
)
def training_ceiling(
    chips: Chips,
    peak_tflops: PeakTflops,
    mfu: Mfu,
    days: Days,
    tokens_per_param: TokensPerParamSet = 20,
    sparsity: Sparsity = 1,
    algorithmic_gain: AlgorithmicGain = 1,
) -> Params:
    """Parameters of the largest model that a cluster can train in time at a fixed ratio of tokens to parameters.

    The ceiling grows with the square root of compute and in proportion to sparsity: a hard ceiling for dense models
    is a soft one for mixture-of-experts models.

    Not for: Clusters short of memory or network bandwidth. Only compute counts, while about 16 bytes of training
    state per parameter may not fit.

    >>> training_ceiling(1000, 1000, 0.5, 12, 7.2)
    109.544512
    """
    flop = chips * peak_tflops * 1e12 * mfu * 86400 * days * algorithmic_gain
    return sparsity * sqrt(flop / (6 * tokens_per_param)) / 1e9


@sheet_function(
    formula="6 * tokens_per_param * (total_params_b * 1E9 / sparsity) ^ 2 / (peak_tflops * 1E12 * mfu * 86400 * "
    "days * algorithmic_gain)",
    source=by.HOFFMANN_2022,
)
def training_chips_required(
    total_params_b: TotalParamsWanted,
    peak_tflops: PeakTflopsHired,
    mfu: MfuHired,
    days: TrainingDays,
    tokens_per_param: TokensPerParam = 20,
    sparsity: Sparsity = 1,
    algorithmic_gain: AlgorithmicGain = 1,
) -> Accelerators:
    """Accelerators required to train a model of a given size in time; the inverse of TRAINING_CEILING.

    Not for: Very short schedules. The utilisation mfu is held constant, although it falls as a run spreads over more
    chips, so the count is too low.

    >>> training_chips_required(3000, 2500, 0.4, 90)
    138888.889
    """
    flop = 6 * tokens_per_param * (total_params_b * 1e9 / sparsity) ** 2
    return flop / (peak_tflops * 1e12 * mfu * 86400 * days * algorithmic_gain)


@sheet_function(formula="bits_per_token * 1.380649E-23 * temperature * LN(2)", source=by.LANDAUER_1961)
def landauer_energy(bits_per_token: BitsPerToken, temperature: Temperature = 300) -> EnergyPerToken:
    """Minimum energy per token that thermodynamics allows for the bits erased (Landauer limit).

    Not for: Cost floors of a business. Real chips draw millions of times more, so this bound never binds; use
    ENERGY_FLOOR.

    >>> landauer_energy(1e21, 300)
    2.870978885
    """
    return bits_per_token * BOLTZMANN * temperature * LN_2


@sheet_function(
    formula="(flop_per_token / flop_per_joule + bytes_per_token * 8 * pj_per_bit * 1E-12) * pue / 3.6 * "
    "power_price_kwh",
    source=by.HO_2023,
)
def energy_floor(
    flop_per_token: FlopPerToken,
    flop_per_joule: FlopPerJoule,
    bytes_per_token: BytesMoved,
    pj_per_bit: PjPerBit,
    power_price_kwh: PowerPrice,
    pue: Pue = 1.1,
) -> MtokPrice:
    """Electricity cost per million tokens that better software cannot remove: compute and data movement.

    Not for: The floor of the total token cost. Capital and staff are excluded, so the result is far too low as
    floor_mtok of TOKEN_COST_AT.

    >>> energy_floor(3.6e12, 1e12, 0, 0, 0.1, 1)
    0.1
    """
    joules = flop_per_token / flop_per_joule + bytes_per_token * 8 * pj_per_bit * 1e-12
    return joules * pue / 3.6 * power_price_kwh


@sheet_function(formula="dense_tops * bit_length", source=by.BIS_3A090)
def chip_tpp(dense_tops: DenseTops, bit_length: BitLength) -> Tpp:
    """Total processing performance (TPP) of a chip, the measure of the US export rule.

    Count operations without sparsity; a multiply-accumulate is two operations. The rule takes the largest product
    over all number formats.

    Not for: A complete export test, which also considers performance density, or answer speed, which depends on
    bandwidth; use DECODE_THROUGHPUT for speed.

    >>> chip_tpp(989, 16)
    15824.0
    """
    return dense_tops * bit_length
