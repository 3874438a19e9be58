"""What a token and a user cost to serve, and when a launch in a super-app destroys capital."""

from __future__ import annotations

from workbooks import country_inputs
from workbooks.country_inputs import COUNTRIES, calcs, of_both
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
from xlfuncs import REGISTRY

TITLE = "Inference economics"
PURPOSE = "What a token and a user cost to serve, US and China, and when a launch in a super-app destroys capital"
ARTICLE = "The article; measured on the inputs of this workbook"
MONTHS, QUARTERS, YEARS, DOUBLINGS = 36, 41, 10, 9

GUIDE = [
    (
        "Reading it",
        [
            "Start with Outputs: the cost of a million tokens, the bill of a daily user for three products, the worth of a launch.",
            "Chat, reasoning and agentic differ by their tokens alone: the multiples on Inputs. Revenue per user is the same.",
            "The launch comes twice: users who all stay and cost nothing to win, and the campaign as seen in China in 2026.",
        ],
    ),
    (
        "The sheets",
        [
            "Calc_*_Serving goes from the accelerator-hour over the throughput to a million tokens and their energy.",
            "Calc_*_Users has the bill, the window of profit and the value of a user; Calc_*_Launch the launch by scenario.",
            "Calc_Chat, Calc_Reasoning and Calc_Agentic are the Chinese launch month by month; Calc_Pnl is it by SUPERAPP_PNL.",
            "The launch takes the serving cost of the disclosed system; the weight of the roofline, on Inputs, sets it to ours.",
        ],
    ),
]

PRODUCTS = (("chat", "Chat"), ("reasoning", "Reasoning"), ("agentic", "Agentic"))
VARIANTS = (("none", "No launch"), ("campaign", "Campaign"), ("stay", "All stay"))

HARDWARE = [
    "system_price", "system_accelerators", "system_power", "tflops", "bandwidth", "memory", "mfu", "power_price", "pue",
    "life", "capital_rate", "opex_share", "load_factor", "availability", "utilisation",
]  # fmt: skip
RAILS = ["reach", "exposed", "activated", "installed", "daily", "samples", "events", "usable", "latency"]
LAUNCH = ["users_before", "users_added", "keep_share", "halflife", "promotion", "fixed_cost"]
USE = ["queries_per_day", "tokens_in", "tokens_out", "cache_hit", "cost_in", "cost_out"]
CHANGE = ["decline", "floor_share", "usage_growth", "arpu_growth"]
MONEY = ["ad_arpu", "sub_price", "sub_conversion", "platform_fee", "other_variable", "hazard", "user_discount"]

_V3 = "Configuration of DeepSeek-V3, as published with its weights"
_DAY = "Disclosed by DeepSeek for the 24 hours to 28 February 2025"
_DEFINED = "By definition"


def _same(key: str, label: str, unit: str, value: float, reason: str) -> Input:
    """An input without a range."""
    return assumed(key, label, unit, value, value, value, 0, reason)


GENERAL = [
    assumed("model_start", "First day of the first month", "date", 46023, 46023, 46023, 0, "1 January 2026", 36526, 73050),
    assumed("basis", "Weight of the roofline in the serving cost", "share", 0, 0, 0, 0, "0 takes the cost of the disclosed system, 1 that of our own roofline"),
    assumed("target_years", "Years within which a user must pay", "years", 3, 3, 3, 0, "The length of the launch", 0.1, 50),
    assumed("horizon", "Years over which a user is valued", "years", 5, 5, 5, 0, "Few stay longer at a hazard of 0.6", 0.1, 50),
    assumed("user_growth", "Growth of users, for the bill and its slope", "per year", 0.1, 0.3, 0.8, 0, "A large consumer service that grows fast"),
    assumed("launch_growth", "Growth of users after the launch", "per year", 0, 0, 0, 0, "None: the launch is judged by itself", -0.9, 10),
    assumed("web2_cost", "Serving cost of a user in Web2", "USD per user-month", 0.001, 0.002, 0.01, 0, "Bandwidth and storage of a feed"),
    _same("step_months", "Step of the table of the window", "months", 3, "A quarter"),
    _same("bits_byte", "Bits in a byte", "number", 8, _DEFINED),
    _same("seconds_hour", "Seconds in an hour", "number", 3600, _DEFINED),
]  # fmt: skip

MULTIPLES = [
    _same("chat_in_x", "Prompt tokens of chat", "ratio", 1, _DEFINED),
    _same("chat_out_x", "Answer tokens of chat", "ratio", 1, _DEFINED),
    assumed("reasoning_in_x", "Prompt tokens of reasoning, over chat", *country_inputs.REASONING_IN),
    assumed("reasoning_out_x", "Answer tokens of reasoning, over chat", *country_inputs.REASONING_OUT),
    assumed("agentic_in_x", "Prompt tokens of an agent, over chat", *country_inputs.AGENTIC),
    assumed("agentic_out_x", "Answer tokens of an agent, over chat", *country_inputs.AGENTIC),
]  # fmt: skip

MODEL = [
    _same("total_params", "Parameters of the model", "billion parameters", 671, _V3),
    _same("active_params", "Parameters that a token passes", "billion parameters", 37, _V3),
    _same("dense_params", "Parameters read for every token", "billion parameters", 17.1, f"{_V3}: 671 less 58 layers of 256 experts"),
    _same("experts", "Experts in a layer", "count", 256, _V3),
    _same("active_experts", "Experts that a token passes", "count", 8, _V3),
    _same("weight_bytes", "Bytes of a weight", "bytes per parameter", 1, "FP8, or INT8 where the chip lacks it"),
    _same("flop_per_param", "Operations of a parameter and token", "number", 2, "One multiplication and one addition"),
    _same("layers", "Layers", "count", 61, _V3),
    _same("latent_dim", "Numbers cached of a token in a layer", "count", 576, f"{_V3}: 512, and 64 for the position"),
    _same("grouped_heads", "Heads of a cache without that design", "count", 8, "Grouped heads of a large dense model such as Llama 3"),
    _same("head_dim", "Numbers in a head", "count", 128, _V3),
    _same("value_bytes", "Bytes of a cached number", "bytes", 2, "BF16"),
    _same("context", "Mean context of a sequence", "tokens", 4989, f"{_DAY}: the mean length of the cache"),
    assumed("usable_memory", "Memory for weights and cache", "share", 0.85, 0.9, 0.95, 1, "The rest goes to buffers", 0.1),
    assumed("speed", "Answer speed promised, tokens a second", "number", 21, 21, 21, 0, "20 to 22 in the disclosed system; a faster answer leaves room for fewer users", 1, 500),
    assumed("us_serve_mfu", "Arithmetic used in serving, US", "share", 0.2, 0.3, 0.4, 1, "Of the BF16 peak: the disclosed prompts used 15 % of that of FP8", 0.01),
    assumed("us_serve_mbu", "Bandwidth used in serving, US", "share", 0.15, 0.22, 0.35, 1, "The disclosed answers used 22 % from end to end", 0.01),
    assumed("cn_serve_mfu", "Arithmetic used in serving, China", "share", 0.2, 0.3, 0.4, 1, "Equal software on both sides", 0.01),
    assumed("cn_serve_mbu", "Bandwidth used in serving, China", "share", 0.15, 0.22, 0.35, 1, "Equal software on both sides", 0.01),
    assumed("gain", "Less compute per task, China over US", "x", 1, 1.5, 2.5, 1, "1 is none; sparse and latent designs report more than 2", 0.1, 100),
]  # fmt: skip

DISCLOSED = [
    _same("ds_in", "Prompt tokens of the day", "tokens", 608e9, _DAY),
    _same("ds_cached", "Of these found in the cache", "tokens", 342e9, _DAY),
    _same("ds_out", "Answer tokens of the day", "tokens", 168e9, _DAY),
    _same("ds_nodes", "Nodes in use, mean of the day", "count", 226.75, _DAY),
    _same("ds_node_size", "Accelerators in a node", "accelerators", 8, f"{_DAY}: H800"),
    _same("ds_hour", "Rent of an H800", "USD per accelerator-hour", 2, f"{_DAY}: the rent that the disclosure takes"),
    _same("ds_node_in", "Prompt tokens a second and node, cached too", "number", 73700, _DAY),
    _same("ds_node_out", "Answer tokens a second and node", "number", 14800, _DAY),
    _same("ds_copy", "Accelerators of a copy that answers", "accelerators", 144, f"{_DAY}: 18 nodes"),
    _same("ds_batch", "Sequences per accelerator", "sequences", 88, f"{_DAY}: 1,850 tokens a second at 20 to 22 for a user"),
    _same("ds_mfu", "Arithmetic used of the FP8 peak", "share", 0.15, "Fitted to the disclosed prompts"),
    _same("ds_mbu", "Bandwidth used", "share", 0.22, "Fitted to the disclosed answers"),
    _same("ds_power", "Power of a node", "kW", 11.3, "Eight H800 with host and network"),
    _same("ds_load", "Mean power over rated power", "share", 0.7, "Answers leave arithmetic idle"),
    fact("DEEPSEEK.inference_cost_daily", "ds_cost", "Cost of the day, as disclosed"),
    fact("DEEPSEEK.inference_revenue_daily", "ds_revenue", "Revenue of the day at list prices, disclosed"),
    fact("deepseek-r1.price_input", "ds_price_in", "List price of prompts, R1"),
    fact("deepseek-r1.price_cached", "ds_price_cached", "List price of cached prompts, R1"),
    fact("deepseek-r1.price_output", "ds_price_out", "List price of answers, R1"),
    fact("h800-sxm.bw_tbs", "ds_bandwidth", "Bandwidth of an H800"),
    fact("h100-sxm.tflops_fp8", "ds_tflops", "FP8 peak of an H100, as of an H800"),
]  # fmt: skip

DENSE = [
    fact("h100-sxm.bw_tbs", "h100_bandwidth", "Bandwidth of an H100"),
    fact("h100-sxm.mem_gb", "h100_memory", "Memory of an H100"),
    _same("h100_count", "Accelerators that hold the model", "accelerators", 4, "Half a node"),
    _same("h100_hour", "Rent of an H100", "USD per accelerator-hour", 2, "A round figure; rents of 2025 and 2026 are USD 1.7 to 3"),
    _same("h100_mfu", "Arithmetic used", "share", 0.5, "Upper end for a dense model on one node"),
    _same("h100_mbu", "Bandwidth used", "share", 0.6, "Upper end for a dense model on one node"),
    _same("h100_use", "Share of the hours that serve", "share", 0.6, "Load of a day without batch work"),
    _same("h100_params", "Parameters of the dense model", "billion parameters", 70, "Llama 3, 70 billion"),
    _same("h100_layers", "Layers of the dense model", "count", 80, "Llama 3, 70 billion"),
    _same("h100_context", "Context of a sequence", "tokens", 4000, "A chat with some history"),
]  # fmt: skip

PHYSICS = [
    assumed("cmos_limit", "Arithmetic per joule at the limit of CMOS", "FLOP per J", 1.2e15, 4.7e15, 2.3e16, 1, "Ho, Erdil, Besiroglu 2023: 200 times the chips of 2023, with a range of 50 to 1,000"),
    assumed("pj_per_bit", "Energy to move a bit from memory", "pJ per bit", 2, 4, 7, -1, "Stacked memory of today; no measured figure was found"),
    assumed("bits_per_flop", "Bits erased by an operation", "bits", 1e3, 1e3, 1e4, -1, "Order of magnitude of a multiplier"),
    _same("temperature", "Temperature of the chip", "K", 300, "Room temperature, the usual convention"),
    _same("floor_pue", "Site power over machine power, at best", "ratio", 1.1, "A good new site"),
]  # fmt: skip

SERVING: list[tuple[str, list[Block]]] = [
    (
        "An accelerator-hour",
        [
            Row("capex", "Price of an accelerator, all in", "USD", "={system_price}/{system_accelerators}", "System price over its accelerators"),
            Row("power", "Power of an accelerator", "kW per accelerator", "={system_power}/{system_accelerators}"),
            Row("hour", "Cost of an accelerator-hour", "USD per accelerator-hour", "=GPU_HOUR_COST({capex},{life},{power},{pue},{power_price},{capital_rate},0,{opex_share},{load_factor},{availability})", "At cost, without the margin of a cloud"),
            Row("hour_capital", "Of it capital", "USD per accelerator-hour", "=-PMT({capital_rate},{life},{capex})/(24*365.25)/{availability}", "An annuity over the life"),
            Row("hour_opex", "Of it operation", "USD per accelerator-hour", "={opex_share}*{capex}/(24*365.25)/{availability}"),
            Row("hour_energy", "Of it electricity", "USD per accelerator-hour", "={load_factor}*{power}*{pue}*{power_price}/{availability}"),
            Row("hour_again", "Cost of an accelerator-hour, again", "USD per accelerator-hour", "={hour_capital}+{hour_opex}+{hour_energy}"),
            Row("energy_share", "Share of electricity in the hour", "share", "={hour_energy}/{hour_again}"),
        ],
    ),
    (
        "How many sequences at once",
        [
            Row("kv", "Cache of a token of context", "bytes per token of context", "=KV_BYTES_PER_TOKEN({layers},0,0,{value_bytes},{latent_dim})", "Latent attention"),
            Row("kv_again", "Cache of a token of context, again", "bytes per token of context", "={layers}*{latent_dim}*{value_bytes}"),
            Row("cache", "Cache of a sequence", "GB", "={kv}*{context}/(1000*1000000)"),
            Row("weights", "Weights of a copy of the model", "GB", "={total_params}*{weight_bytes}", "Billions of parameters times bytes"),
            Row("fit", "Sequences that fit in memory", "sequences", "=MAX_BATCH({memory},{system_accelerators},{total_params},{weight_bytes},{kv},{context},{usable_memory})", "One copy of the model on a system"),
            Row("fit_again", "Sequences that fit in memory, again", "sequences", "=INT(({memory}*{system_accelerators}*{usable_memory}-{weights})/{cache})"),
            Row("quick", "Sequences at the promised speed", "sequences", "=INT(({system_accelerators}*{serve_mbu}*{bandwidth}*1000/{speed}-{weights})/{cache})", "Bytes that a step may read, over those of a sequence"),
            Row("batch", "Sequences together", "sequences", "=MAX(1,MIN({fit},{quick}))", "The smaller of the two"),
        ],
    ),
    (
        "Tokens per second",
        [
            Row("decode", "Answer tokens", "tokens/s per accelerator", "=DECODE_THROUGHPUT({batch},{total_params},{active_params},{weight_bytes},{kv},{context},{tflops},{bandwidth},{system_accelerators},{serve_mfu},{serve_mbu},0,0,{experts},{active_experts},{dense_params})", "The slower of traffic and arithmetic"),
            Row("touched", "Weights read in a step", "GB", "=({total_params}-({total_params}-{dense_params})*EXP({batch}*LN(1-{active_experts}/{experts})))*{weight_bytes}", "All but the experts that no sequence takes"),
            Row("traffic_ms", "Time of a step for traffic", "ms per step", "=({touched}+{batch}*{cache})/({system_accelerators}*{serve_mbu}*{bandwidth})"),
            Row("arithmetic_ms", "Time of a step for arithmetic", "ms per step", "={batch}*{flop_per_param}*{active_params}/({system_accelerators}*{serve_mfu}*{tflops})"),
            Row("step_ms", "Time of a step", "ms per step", "=MAX({traffic_ms},{arithmetic_ms})"),
            Row("decode_again", "Answer tokens, again", "tokens/s per accelerator", "={batch}/{system_accelerators}/({step_ms}/1000)"),
            Row("user_speed", "Answer speed of a user, tokens a second", "number", "=1000/{step_ms}"),
            Row("prefill", "Prompt tokens", "tokens/s per accelerator", "=PREFILL_THROUGHPUT({active_params},{tflops},{serve_mfu})", "Arithmetic is the limit"),
            Row("prefill_again", "Prompt tokens, again", "tokens/s per accelerator", "={serve_mfu}*{tflops}*1000/({flop_per_param}*{active_params})"),
        ],
    ),
    (
        "A million tokens",
        [
            Row("full_in", "Prompts, at full load", "USD per Mtok", "=SERVING_COST_PER_MTOK({hour},{prefill})"),
            Row("full_out", "Answers, at full load", "USD per Mtok", "=SERVING_COST_PER_MTOK({hour},{decode})"),
            Row("model_in", "Prompts, idle hours paid", "USD per Mtok", "=SERVING_COST_PER_MTOK({hour},{prefill},{utilisation})", "A super-app cannot lend its nights"),
            Row("model_out", "Answers, idle hours paid", "USD per Mtok", "=SERVING_COST_PER_MTOK({hour},{decode},{utilisation})"),
            Row("model_out_again", "Answers, idle hours paid, again", "USD per Mtok", "={hour}*1000000/({seconds_hour}*{decode}*{utilisation})"),
            Row("joule", "Energy of an answer token", "J per token", "=ENERGY_PER_TOKEN({power}*{load_factor},{decode},{pue})"),
            Row("joule_again", "Energy of an answer token, again", "J per token", "=1000*{power}*{load_factor}*{pue}/{decode}"),
            Row("energy_out", "Electricity of answers", "USD per Mtok", "={joule}*1000/{seconds_hour}*{power_price}", "Joule times a million, in kWh, at its price"),
        ],
    ),
]  # fmt: skip

CHIPS = Calc(
    "Calc_Hardware", "US against Chinese hardware", "What Chinese hardware costs more for the same work, by workload, and what physics leaves",
    [
        (
            "Premium of Chinese hardware",
            [
                Row("premium_memory", "Per GB of memory", "share", "=HARDWARE_PREMIUM({cn_hour},{cn_memory},1,{us_hour},{us_memory},1)", "Below 0: China is cheaper"),
                Row("premium_bandwidth", "Per TB/s of bandwidth: answers", "share", "=HARDWARE_PREMIUM({cn_hour},{cn_bandwidth},1,{us_hour},{us_bandwidth},1)"),
                Row("premium_flop", "Per TFLOP/s: prompts, equal software", "share", "=HARDWARE_PREMIUM({cn_hour},{cn_tflops},1,{us_hour},{us_tflops},1)"),
                Row("premium_training", "Per TFLOP/s put to use: training", "share", "=HARDWARE_PREMIUM({cn_hour},{cn_tflops},{cn_mfu},{us_hour},{us_tflops},{us_mfu})", "At the utilisation of training runs"),
                Row("premium_left", "The same after the gain of algorithms", "share", "=HARDWARE_PREMIUM({cn_hour},{cn_tflops},{cn_mfu},{us_hour},{us_tflops},{us_mfu},{gain})"),
                Row("premium_again", "Per TFLOP/s, again", "share", "={cn_hour}/{cn_tflops}/({us_hour}/{us_tflops})-1"),
                Row("gain_needed", "Gain that closes the gap of training", "x", "=1+{premium_training}"),
                Row("premium_years", "Training premium in years of cost decline", "years", "=LN({gain_needed})/-LN(1-{cn_decline})", "How long until progress makes up for it"),
                Row("power_ratio", "Power per TFLOP/s, China over US", "ratio", "={cn_power}/{cn_tflops}/({us_power}/{us_tflops})"),
                Row("chip_ratio", "Dense BF16, China over US", "ratio", "={cn_tflops}/{us_tflops}"),
                Row("energy_ratio", "Energy of an answer token, China over US", "ratio", "={cn_joule}/{us_joule}"),
                Row("answers_ratio", "Cost of answers, China over US", "ratio", "={cn_model_out}/{us_model_out}", "By the roofline, at one speed for the user"),
                Row("prompts_ratio", "Cost of prompts, China over US", "ratio", "={cn_model_in}/{us_model_in}"),
                Row("parity_hour", "US hour at which answers cost the same", "USD per accelerator-hour", "={us_hour}*{answers_ratio}"),
                Row("parity_price", "US system price at which they do", "USD", "=({parity_hour}-{us_hour_energy})/({us_hour}-{us_hour_energy})*{us_system_price}", "Capital and operation go with the price"),
                Row("kv_grouped", "Cache of a token with grouped heads", "bytes per token of context", "=KV_BYTES_PER_TOKEN({layers},{grouped_heads},{head_dim},{value_bytes})", "The design before latent attention"),
                Row("kv_gain", "Cache saved by latent attention", "ratio", "={kv_grouped}/{cn_kv}", "So many more sequences fit"),
            ],
        ),
        (
            "What physics leaves",
            [
                Row("flop_token", "Arithmetic of a token", "FLOP", "={flop_per_param}*{active_params}*1000*1000000"),
                Row("bytes_token", "Cache read for a token", "bytes", "={cn_kv}*{context}"),
                Row("floor", "Floor: electricity of arithmetic and traffic", "USD per Mtok", "=ENERGY_FLOOR({flop_token},{cmos_limit},{bytes_token},{pj_per_bit},{cn_power_price},{floor_pue})"),
                Row("traffic_joule", "Memory traffic of a token", "J per token", "={bytes_token}*{bits_byte}*{pj_per_bit}/(1000000*1000000)"),
                Row("floor_again", "Floor, again", "USD per Mtok", "=({flop_token}/{cmos_limit}+{traffic_joule})*{floor_pue}*1000/{seconds_hour}*{cn_power_price}"),
                Row("landauer", "Landauer's bound", "J per token", "=LANDAUER_ENERGY({bits_per_flop}*{flop_token},{temperature})", "Heat of the bits erased"),
                Row("floor_arithmetic", "Cost of answers over arithmetic alone", "number", "={cn_cost_out}/ENERGY_FLOOR({flop_token},{cmos_limit},0,0,{cn_power_price},{floor_pue})", "At the limit of CMOS, times"),
                Row("landauer_times", "Cost of answers over Landauer's bound", "number", "={cn_cost_out}/({landauer}*1000/{seconds_hour}*{cn_power_price})", "Electricity at that bound, times"),
                Row("floor_share_now", "Floor over the disclosed cost of answers", "share", "={floor}/{cn_cost_out}", "Physics is not what binds"),
                Row("floor_years", "Years until the floor is reached", "years", "=LN({floor_share_now})/LN(1-{cn_decline})", "If the assumed decline goes on"),
                Row("economic_floor", "Floor assumed in the model", "USD per Mtok", "={cn_floor_share}*{cn_cost_out}", "Capital, idle time and staff, not physics"),
                Row("cost_then", "Cost of answers at the end of the launch", "USD per Mtok", "=TOKEN_COST_AT({cn_cost_out},{economic_floor},{cn_decline},{target_years})"),
                Row("cost_then_again", "Cost of answers then, again", "USD per Mtok", "={economic_floor}+({cn_cost_out}-{economic_floor})*(1-{cn_decline})^{target_years}"),
            ],
        ),
    ],
)  # fmt: skip

SYSTEM = Calc(
    "Calc_Disclosed", "The disclosed serving system", "A day of DeepSeek, as disclosed: our functions against its figures",
    [
        (
            "Cost of its tokens",
            [
                Row("ds_hit", "Prompt tokens found in the cache", "share", "={ds_cached}/{ds_in}"),
                Row("ds_prefill", "Prompt tokens not in the cache", "tokens/s per accelerator", "={ds_node_in}/{ds_node_size}*(1-{ds_hit})"),
                Row("ds_decode", "Answer tokens", "tokens/s per accelerator", "={ds_node_out}/{ds_node_size}"),
                Row("ds_cost_in", "Prompts not in the cache", "USD per Mtok", "=SERVING_COST_PER_MTOK({ds_hour},{ds_prefill})"),
                Row("ds_cost_out", "Answers", "USD per Mtok", "=SERVING_COST_PER_MTOK({ds_hour},{ds_decode})"),
                Row("ds_cost_again", "Answers, again", "USD per Mtok", "={ds_hour}*1000000/({seconds_hour}*{ds_decode})"),
                Row("ds_day", "Cost of the day at these two", "USD per day", "=INFERENCE_COST_IO(1,{ds_in},{ds_out},{ds_cost_in},{ds_cost_out},{ds_hit})"),
                Row("ds_day_rent", "Cost of the day by the rent of the nodes", "USD per day", "={ds_nodes}*{ds_node_size}*24*{ds_hour}"),
                Row("ds_off", "Throughput against rent, off by", "share", "={ds_day}/{ds_day_rent}-1", "Closes within 0.1 %"),
                Row("ds_nodes_needed", "Nodes that the tokens need", "count", "={ds_day}/(24*{ds_hour}*{ds_node_size})", "Disclosed: 226.75"),
                Row("ds_sold", "Revenue of the day at list prices", "USD per day", "=INFERENCE_COST_IO(1,{ds_in},{ds_out},{ds_price_in},{ds_price_out},{ds_hit},{ds_price_cached})"),
                Row("ds_sold_off", "Against the disclosed revenue, off by", "share", "={ds_sold}/{ds_revenue}-1"),
                Row("ds_markup", "Mark-up on cost", "share", "={ds_sold}/{ds_cost}-1", "Disclosed: 545 %"),
                Row("ds_blended", "Blended cost of a million tokens", "USD per Mtok", "={ds_cost}*1000000/({ds_in}+{ds_out})"),
            ],
        ),
        (
            "Its throughput by the roofline",
            [
                Row("ds_together", "Sequences together on a copy", "sequences", "={ds_batch}*{ds_copy}"),
                Row("ds_kv", "Cache of a token of context", "bytes per token of context", "=KV_BYTES_PER_TOKEN({layers},0,0,{value_bytes},{latent_dim})"),
                Row("ds_roofline", "Answer tokens by the roofline", "tokens/s per accelerator", "=DECODE_THROUGHPUT({ds_together},{total_params},{active_params},{weight_bytes},{ds_kv},{context},{ds_tflops},{ds_bandwidth},{ds_copy},{ds_mfu},{ds_mbu},0,0,{experts},{active_experts},{dense_params})"),
                Row("ds_roofline_off", "Roofline against disclosed answers, off by", "share", "={ds_roofline}/{ds_decode}-1"),
                Row("ds_roof_prefill", "Prompt tokens by the roofline", "tokens/s per accelerator", "=PREFILL_THROUGHPUT({active_params},{ds_tflops},{ds_mfu})"),
                Row("ds_prefill_off", "Roofline against disclosed prompts, off by", "share", "={ds_roof_prefill}/{ds_prefill}-1"),
                Row("ds_step", "Time of a step, as disclosed", "ms per step", "=1000*{ds_batch}/{ds_decode}"),
                Row("ds_read", "Weights and cache read in a step", "GB per accelerator", "={total_params}*{weight_bytes}/{ds_copy}+{ds_batch}*{ds_kv}*{context}/(1000*1000000)"),
                Row("ds_ideal", "Time of a step at full bandwidth", "ms per step", "={ds_read}/{ds_bandwidth}", "GB over TB/s"),
                Row("ds_efficiency", "Efficiency from end to end", "share", "={ds_ideal}/{ds_step}", "The rest: communication, imbalance, waiting"),
                Row("ds_joule", "Energy of an answer token", "J per token", "=ENERGY_PER_TOKEN({ds_power}*{ds_load}/{ds_node_size},{ds_decode},{cn_pue})"),
                Row("ds_energy", "Electricity of answers", "USD per Mtok", "={ds_joule}*1000/{seconds_hour}*{cn_power_price}"),
                Row("ds_energy_share", "Share of electricity in their cost", "share", "={ds_energy}/{ds_cost_out}"),
            ],
        ),
    ],
)  # fmt: skip


def _product(key: str, name: str) -> tuple[str, list[Block]]:
    change = "{floor_share},{decline},{usage_growth},{arpu_growth}"
    year = f"{{net_year}},{{{key}_year}}"
    return (
        f"{name}: a daily user",
        [
            Row(f"{key}_in", "Prompt tokens of a query", "tokens", f"={{tokens_in}}*{{{key}_in_x}}"),
            Row(f"{key}_out", "Answer tokens of a query", "tokens", f"={{tokens_out}}*{{{key}_out_x}}"),
            Row(f"{key}_cost", "Inference cost of a user", "USD per user-month", f"={{queries}}*({{{key}_in}}*(1-{{cache_hit}})*{{price_in}}+{{{key}_out}}*{{price_out}})/1000000"),
            Row(f"{key}_call", "Inference cost of a user, again", "USD per user-month", f"=INFERENCE_COST_IO({{queries}},{{{key}_in}},{{{key}_out}},{{price_in}},{{price_out}},{{cache_hit}})", "A month"),
            Row(f"{key}_year", "Inference cost of a user, a year", "USD per user-year", f"=12*{{{key}_cost}}"),
            Row(f"{key}_bill", "Bill of the added users, a month", "USD m", f"={{users_added}}*{{{key}_cost}}/1000000"),
            Row(f"{key}_ratio", "Inference cost over net revenue", "ratio", f"=IF({{net}}>0,{{{key}_cost}}/{{net}},NA())", "#N/A without net revenue"),
            Row(f"{key}_pays", "Gross revenue that breaks even", "USD per user-month", f"=BREAKEVEN_ARPU({{{key}_cost}},{{other_variable}})"),
            Row(f"{key}_status", "Profit of a user", "text", f"=BREAKEVEN_STATUS({{{key}_ratio}},{change})", "Over a hundred years at these rates"),
            Row(f"{key}_from", "Profit from", "years", f'=IFERROR(BREAKEVEN_TIME({{{key}_ratio}},{change}),"never")', "0: from the start"),
            Row(f"{key}_until", "Profit until", "years", f'=IFERROR(BREAKEVEN_TIME({{{key}_ratio}},{change},1+1),"no end")', "Use outgrows revenue and the floor stays"),
            Row(f"{key}_needed", "Decline needed to pay by the target year", "per year", f'=IFERROR(REQUIRED_DECLINE({{{key}_ratio}},{{target_years}},{{floor_share}},{{usage_growth}},{{arpu_growth}}),"never")'),
            Row(f"{key}_then", "Cost over net revenue in that year", "ratio", f"=COST_TO_ARPU({{{key}_ratio}},{change},{{target_years}})"),
            Row(f"{key}_then_again", "Cost over net revenue in that year, again", "ratio", f"={{{key}_ratio}}*{{outgrowth}}*({{floor_share}}+(1-{{floor_share}})*(1-{{decline}})^{{target_years}})"),
            Row(f"{key}_value", "Value of a user won today", "USD per user", f"=COHORT_VALUE({year},{{hazard}},{{user_discount}},{change},{{horizon}})", "Before the cost to win them"),
            Row(f"{key}_value_again", "Value of a user won today, again", "USD per user", f"={{net_year}}*{{sum_revenue}}-{{{key}_year}}*({{floor_share}}*{{sum_floor}}+(1-{{floor_share}})*{{sum_cost}})"),
            Row(f"{key}_gain", "Value less the promotion per user", "USD per user", f"={{{key}_value}}-{{cac}}", "Below 0 each user won destroys capital"),
            Row(f"{key}_worth", "Decline at which a user is worth that", "per year", f'=IFERROR(VALUE_BREAKEVEN_DECLINE({year},{{hazard}},{{user_discount}},{{cac}},{{floor_share}},{{usage_growth}},{{arpu_growth}},{{horizon}}),"never")'),
            Row(f"{key}_slope", "Value of faster growth of users", "USD per unit of log growth", f"=GROWTH_VALUE_SLOPE({{users_added}},{year},{{user_growth}},{{user_discount}},{change},{{target_years}})", "Below 0 growth destroys value"),
            Row(f"{key}_chips", "Accelerators for the added users", "accelerators", f"=ACCELERATORS_REQUIRED({{users_added}},{{queries_per_day}},{{{key}_in}},{{{key}_out}},{{prefill}},{{decode}},{{cache_hit}},1/{{utilisation}})", "Of the country's chip, at the peak"),
            Row(f"{key}_chips_again", "Accelerators for the added users, again", "accelerators", f"={{users_added}}*{{queries_per_day}}*({{{key}_in}}*(1-{{cache_hit}})/{{prefill}}+{{{key}_out}}/{{decode}})/(24*{{seconds_hour}}*{{utilisation}})"),
            Row(f"{key}_capex", "Purchase price of these accelerators", "USD m", f"={{{key}_chips}}*{{capex}}/1000000"),
            Row(f"{key}_h800", "The same on the disclosed system", "accelerators", f"=ACCELERATORS_REQUIRED({{users_added}},{{queries_per_day}},{{{key}_in}},{{{key}_out}},{{ds_prefill}},{{ds_decode}},{{cache_hit}},1/{{utilisation}})", "H800, at the peak"),
        ],
    )  # fmt: skip


USERS: list[tuple[str, list[Block]]] = [
    (
        "Prices and revenue",
        [
            Row("price_in", "Cost of prompts, idle hours paid", "USD per Mtok", "=({cost_in}+({full_in}-{cost_in})*{basis})/{utilisation}", "Disclosed, or of the roofline by its weight"),
            Row("price_out", "Cost of answers, idle hours paid", "USD per Mtok", "=({cost_out}+({full_out}-{cost_out})*{basis})/{utilisation}"),
            Row("queries", "Queries of a user in a month", "count", "={queries_per_day}*365.25/12"),
            Row("arpu", "Gross revenue of a user", "USD per user-month", "=BLENDED_ARPU({ad_arpu},{sub_conversion},{sub_price},{platform_fee})", "Advertising, and plans net of the store"),
            Row("arpu_again", "Gross revenue of a user, again", "USD per user-month", "={ad_arpu}+{sub_conversion}*{sub_price}*(1-{platform_fee})"),
            Row("net", "Net revenue of a user", "USD per user-month", "={arpu}-{other_variable}", "After the other variable cost"),
            Row("net_year", "Net revenue of a user, a year", "USD per user-year", "=12*{net}"),
            Row("added_queries", "Queries of the added users, a month", "count", "={users_added}*{queries}"),
            Row("cac", "Promotion per added user", "USD per user", "={promotion}/{users_added}"),
            Row("cac_kept", "Promotion per user kept", "USD per user", "={cac}/{keep_share}"),
        ],
    ),
    (
        "Rates of change",
        [
            Row("outgrowth", "Use over revenue, by the target year", "ratio", "=((1+{usage_growth})/(1+{arpu_growth}))^{target_years}"),
            Row("bill_growth", "Growth of the whole bill, today", "per year", "=BILL_GROWTH({user_growth},{usage_growth},{decline},{floor_share},0)", "Of all users together"),
            Row("bill_growth_again", "Growth of the whole bill, again", "per year", "=(1+{user_growth})*(1+{usage_growth})*(1-{decline})^(1-{floor_share})-1"),
            Row("bill_stable", "Decline at which the bill is steady", "per year", "=1-1/((1+{user_growth})*(1+{usage_growth}))", "The condition of the article; no margin in it"),
            Row("rate_revenue", "Rate at which a user's revenue fades", "per year", "=LN(1+{user_discount})+{hazard}-LN(1+{arpu_growth})", "Discount, leaving and growth, continuous"),
            Row("rate_floor", "Rate at which the floor cost fades", "per year", "=LN(1+{user_discount})+{hazard}-LN(1+{usage_growth})"),
            Row("rate_cost", "Rate at which the cost above it fades", "per year", "={rate_floor}-LN(1-{decline})"),
            Row("sum_revenue", "Years of revenue, today's value", "years", "=IF({rate_revenue}=0,{horizon},(1-EXP(-{rate_revenue}*{horizon}))/{rate_revenue})"),
            Row("sum_floor", "Years of floor cost, today's value", "years", "=IF({rate_floor}=0,{horizon},(1-EXP(-{rate_floor}*{horizon}))/{rate_floor})"),
            Row("sum_cost", "Years of cost above it, today's value", "years", "=IF({rate_cost}=0,{horizon},(1-EXP(-{rate_cost}*{horizon}))/{rate_cost})"),
        ],
    ),
    *(_product(key, name) for key, name in PRODUCTS),
    (
        "The identity of the article",
        [
            Row("chat_blended", "Blended cost of a chat token", "USD per Mtok", "=BLENDED_TOKEN_PRICE({chat_in},{chat_out},{price_in},{price_out},{cache_hit})"),
            Row("identity", "Fixed cost + queries x tokens x cost", "USD per month", "=INFERENCE_COST({added_queries},{chat_in}+{chat_out},{chat_blended},{fixed_cost},1000000)", "The added users of chat, a month"),
            Row("identity_split", "Fixed cost + cost by kind of token", "USD per month", "=INFERENCE_COST_IO({added_queries},{chat_in},{chat_out},{price_in},{price_out},{cache_hit},0,{fixed_cost})"),
            Row("identity_off", "Difference of the two", "share", "=ABS({identity}/{identity_split}-1)"),
            Row("chat_limit", "Token cost at which a chat user pays", "USD per Mtok", "=BREAKEVEN_TOKEN_COST({arpu},{queries},{chat_in}+{chat_out},0,{other_variable})"),
            Row("chat_limit_x", "The same over the blended cost", "ratio", "={chat_limit}/{chat_blended}", "1 over the cost ratio"),
            Row("web2_ratio", "Cost of a chat user over that of Web2", "ratio", "={chat_cost}/{web2_cost}"),
            Row("web2_fall", "Fall of cost down to Web2", "share", "=1-{web2_cost}/{chat_cost}"),
            Row("users_flat", "Cost over revenue then, users flat", "ratio", "={users_added}*{chat_cost}*{outgrowth}/({users_added}*{net})", "Before the decline; bill over revenue"),
            Row("users_fast", "Cost over revenue then, users growing", "ratio", "={users_added}*(1+{user_growth})^{target_years}*{chat_cost}*{outgrowth}/({users_added}*(1+{user_growth})^{target_years}*{net})"),
            Row("users_effect", "What growth of users adds to it", "ratio", "=ROUND({users_fast}-{users_flat},12)", "Users stand on both sides"),
        ],
    ),
    (
        "Profit",
        [
            Row(f"{key}_profit", f"{name}: profit of a user, in words", "text", country_inputs.profit_in_words(f"{key}_status"))
            for key, name in PRODUCTS
        ],
    ),
]  # fmt: skip

DRIVERS = Calc(
    "Calc_Drivers", "What drives the Chinese launch", "Users, use, cost and revenue of a user month by month; the same for the three products",
    [
        (
            "Time",
            [
                Row("time", "Years to the middle of the month", "years", "=AVERAGE({period}-1,{period})/12"),
                Row("months", "Months of the launch", "count", "=COUNT({period:})", constant=True),
                Row("discount", "Value today of a dollar of the month", "ratio", "=(1+{cn_user_discount})^-{time}"),
            ],
        ),
        (
            "Users",
            [
                Row("decay", "Share left of those who leave", "share", "=EXP(-LN(1+1)*12*{time}/{cn_halflife})", "By their half-life"),
                Row("growth", "Growth of all users", "ratio", "=(1+{launch_growth})^{time}"),
                Row("none_users", "Users without a launch", "users", "={cn_users_before}*{growth}"),
                Row("campaign_users", "Users after the campaign", "users", "=({cn_users_before}+{cn_users_added}*({cn_keep_share}+(1-{cn_keep_share})*{decay}))*{growth}"),
                Row("stay_users", "Users where all stay", "users", "=({cn_users_before}+{cn_users_added})*{growth}"),
                Row("campaign_again", "Users after the campaign, again", "users", "=USERS_SHOCK({cn_users_before},{cn_users_before}+{cn_users_added},{cn_keep_share},{cn_halflife},{launch_growth},12*{time})", total="sum"),
                Row("campaign_total", "User-months of the campaign", "users", "=SUM({campaign_users:})", constant=True),
                Row("campaign_again_total", "User-months of the campaign, again", "users", "={campaign_again.total}", constant=True),
            ],
        ),
        (
            "A user",
            [
                Row("use", "Use of a user, over today", "ratio", "=(1+{cn_usage_growth})^{time}"),
                Row("unit", "Cost of a token, over today", "ratio", "={cn_floor_share}+(1-{cn_floor_share})*(1-{cn_decline})^{time}"),
                Row("bill", "Inference cost of a user, over today", "ratio", "={use}*{unit}"),
                Row("earned", "Revenue of a user", "USD per user-month", "={cn_arpu}*(1+{cn_arpu_growth})^{time}"),
            ],
        ),
    ],
    over_time=True,
)  # fmt: skip


def _variant(key: str, variant: str, name: str) -> tuple[str, list[Block]]:
    own = f"{key}_{variant}"
    users = f"{{{variant}_users}}"
    paid = [Row(f"{own}_promotion", "Promotion", "USD", "={cn_promotion}*{first_month}", total="sum")]
    promotion = paid if variant == "campaign" else []
    return (
        name,
        [
            Row(f"{own}_revenue", "Revenue", "USD", f"={users}*{{earned}}", total="sum"),
            Row(f"{own}_inference", "Inference", "USD", f"={users}*{{cn_{key}_cost}}*{{bill}}", total="sum"),
            Row(f"{own}_other", "Other variable cost", "USD", f"={users}*{{cn_other_variable}}", total="sum"),
            Row(f"{own}_contribution", "Contribution", "USD", f"={{{own}_revenue}}-{{{own}_inference}}-{{{own}_other}}", total="sum"),
            Row(f"{own}_fixed", "Fixed cost", "USD", "={cn_fixed_cost}*1", "One month of it", total="sum"),
            *promotion,
            Row(f"{own}_cash", "Cash", "USD", f"={{{own}_contribution}}-{{{own}_fixed}}" + (f"-{{{own}_promotion}}" if promotion else ""), total="sum"),
            Row(f"{own}_sum", "Cash so far", "USD", f"={{{own}_sum<}}+{{{own}_cash}}", opening="=0"),
            Row(f"{own}_present", "Present value", "USD", f"={{{own}_cash}}*{{discount}}", total="sum"),
            Row(f"{own}_worth", "Present value so far", "USD", f"={{{own}_worth<}}+{{{own}_present}}", opening="=0"),
        ],
    )  # fmt: skip


def _worth(key: str, variant: str, name: str) -> list[Block]:
    """What a variant comes to in today's value."""
    own = f"{key}_{variant}"
    parts = [("revenue", "revenue"), ("inference", "inference"), ("other", "other variable")]
    parts += [("promotion", "promotion")] if variant == "campaign" else []
    return [
        Row(f"{own}_npv", f"{name}: net present value", "USD", f"={{{own}_present.total}}", constant=True),
        *(
            Row(f"{own}_{part}_pv", f"{name}: {label}, today's value", "USD", f"=SUMPRODUCT({{{own}_{part}:}},{{discount:}})", constant=True)
            for part, label in parts
        ),
    ]  # fmt: skip


def _judged(key: str, variant: str, name: str) -> list[Block]:
    """What a launch ties up and destroys."""
    own = f"{key}_{variant}"
    return [
        *_worth(key, variant, name),
        *(
            Row(f"{own}_{part}_all", f"{name}: {part} over the months", "USD", f"={{{own}_{part}.total}}", constant=True)
            for part in ("revenue", "inference", "cash")
        ),
        Row(f"{own}_effect", f"{name}: value of the launch itself", "USD", f"={{{own}_npv}}-{{{key}_none_npv}}", "Less that without a launch", constant=True),
        Row(f"{own}_effect_m", f"{name}: the same in millions", "USD m", f"={{{own}_effect}}/1000000", constant=True),
        Row(f"{own}_peak", f"{name}: most money tied up", "USD", f"=PEAK_FUNDING({{{own}_cash:}})", constant=True),
        Row(f"{own}_peak_again", f"{name}: most money tied up, again", "USD", f"=MAX(0,-MIN({{{own}_sum:}}))", constant=True),
        Row(f"{own}_peak_m", f"{name}: the same in millions", "USD m", f"={{{own}_peak}}/1000000", constant=True),
        Row(f"{own}_lost", f"{name}: capital destroyed", "USD", f"=CAPITAL_DESTRUCTION({{{own}_cash:}},{{cn_user_discount}})", constant=True),
        Row(f"{own}_lost_again", f"{name}: capital destroyed, again", "USD", f"=MAX(0,-{{{own}_npv}})", constant=True),
        Row(f"{own}_lost_m", f"{name}: the same in millions", "USD m", f"={{{own}_lost}}/1000000", constant=True),
        Row(f"{own}_spent_pv", f"{name}: all cost, today's value", "USD", f"={{{own}_revenue_pv}}-{{{own}_npv}}", constant=True),
        Row(f"{own}_index", f"{name}: lost of each dollar spent", "share", f"=DESTRUCTION_INDEX({{{own}_revenue_pv}},{{{own}_spent_pv}})", constant=True),
        Row(f"{own}_index_again", f"{name}: lost of each dollar, again", "share", f"={{{own}_lost_again}}/{{{own}_spent_pv}}", constant=True),
        Row(f"{own}_earns", f"{name}: the month earns", "flag", f"=IF({{{own}_contribution}}>0,1,0)"),
        Row(f"{own}_first", f"{name}: first month that earns", "months", f'=IFERROR(MATCH(1,{{{own}_earns:}},0),"none")', "Contribution above 0", constant=True),
    ]  # fmt: skip


def _launch(key: str, name: str) -> Calc:
    """The launch of a product month by month."""
    return Calc(
        f"Calc_{name}", f"The launch month by month: {name.lower()}",
        "China: without a launch, with a campaign as seen in 2026, and where all stay at no promotion",
        [
            *(_variant(key, variant, title) for variant, title in VARIANTS),
            (
                "What it comes to",
                [
                    *_worth(key, *VARIANTS[0]),
                    *(line for variant, title in VARIANTS[1:] for line in _judged(key, variant, title)),
                ],
            ),
        ],
        over_time=True,
    )  # fmt: skip


# The arguments of SUPERAPP_PNL, the lines they are taken from (tokens: those of the product), and their units.
ARGUMENTS = (
    ("halflife_months", "halflife", "months"), ("annual_growth", "launch_growth", "per year"),
    ("queries_per_day", "queries_per_day", "per day"), ("tokens_in", "", "tokens"), ("tokens_out", "", "tokens"),
    ("cache_hit", "cache_hit", "share"), ("price_in_mtok", "price_in", "USD per Mtok"),
    ("price_out_mtok", "price_out", "USD per Mtok"), ("floor_share", "floor_share", "share"),
    ("decline", "decline", "per year"), ("usage_growth", "usage_growth", "per year"),
    ("ad_arpu", "ad_arpu", "USD per user-month"), ("sub_conversion", "sub_conversion", "share"),
    ("sub_price", "sub_price", "USD per month"), ("platform_fee", "platform_fee", "share"),
    ("arpu_growth", "arpu_growth", "per year"), ("other_variable", "other_variable", "USD per user-month"),
    ("discount_rate", "user_discount", "per year"),
)  # fmt: skip


def _arguments(variant: str) -> list[Block]:
    """The launch of chat, a line for each argument: the labels are the names that SUPERAPP_PNL wants."""
    own = f"{variant}_arg"
    launched = variant == "campaign"
    peak = "={cn_users_before}+{cn_users_added}" if launched else "={cn_users_before}*1"
    lines = [
        Row(f"{own}_users_peak", "users_peak", "users", peak),
        Row(f"{own}_users_before", "users_before", "users", "={cn_users_before}"),
    ]
    for name, key, unit in ARGUMENTS:
        source = key or f"chat_{name.removeprefix('tokens_')}"
        formula = f"={{{source}}}" if source == "launch_growth" else f"={{cn_{source}}}"
        lines.append(Row(f"{own}_{name}", name, unit, formula))
    lines.append(Row(f"{own}_fixed_cost", "fixed_cost", "USD per month", "={cn_fixed_cost}"))
    if launched:
        lines.append(Row(f"{own}_keep_share", "keep_share", "share", "={cn_keep_share}"))
        lines.append(Row(f"{own}_promotion", "promotion", "USD", "={cn_promotion}"))
    return [*lines]


_COLUMNS = REGISTRY["SUPERAPP_PNL"].returns.columns
_SHAPES = {
    "month": "number",
    "users": "users",
    "queries": "users",
    "tokens": "FLOP",
    "cost_per_query": "coefficient",
    "discount_factor": "coefficient",
}
_PNL_UNITS = tuple(_SHAPES.get(name, "USD") for name in _COLUMNS)


def _table(variant: str, title: str) -> list[tuple[str, list[Block]]]:
    own = f"{variant}_pnl"
    headings = tuple(name.replace("_", " ") for name in _COLUMNS)
    sums = (
        ("Net present value", "present_value"),
        ("Revenue", "revenue"),
        ("Inference", "inference"),
        ("Cash", "cash"),
    )
    arguments = _arguments(variant)
    ends = f"{arguments[0].key}..{arguments[-1].key}"
    call = f"=SUPERAPP_PNL(IF({{1,0}},{{{ends}#}},{{{ends}}}),{{months}})"
    return [
        (f"{title}: arguments, name and value", arguments),
        (
            f"{title}: month by month",
            [SpillBlock(own, "All columns in US dollars unless named", "USD", call, headings, _PNL_UNITS, MONTHS, note="One formula; the native rows are on Calc_Chat")],
        ),
        (
            f"{title}: what it comes to",
            [
                Row(f"{own}_{column}", label, "USD", f"=SUM({{{own}_{_COLUMNS.index(column) + 1}:}})", constant=True)
                for label, column in sums
            ],
        ),
    ]  # fmt: skip


PNL = Calc(
    "Calc_Pnl", "The launch of chat by our function", "SUPERAPP_PNL on names and values: the campaign, and no launch",
    [
        *_table("campaign", "With the campaign"),
        *_table("none", "Without a launch"),
        ("The columns", [Row("last_column", "Columns of the table", "count", "=COLUMNS({campaign_pnl:})", "The last is the present value so far", constant=True)]),
    ],
    table=True,
)  # fmt: skip


def _launched(key: str, name: str) -> tuple[str, list[Block]]:
    """The arguments of the added users alone, in each scenario, and what SUPERAPP_PNL makes of them."""
    own = f"{key}_arg"
    first, last = f"{own}_stay_keep", f"{own}_promotion"

    rows = [
        Row(first, "keep_share", "share", "=1", "Where all stay"),
        Row(f"{own}_stay_promotion", "promotion", "USD", "=0", "Where no promotion is paid"),
        Row(f"{own}_before", "users_before", "users", "=0", "The added users alone"),
        Row(f"{own}_peak", "users_peak", "users", "={users_added}"),
        Row(f"{own}_fixed", "fixed_cost", "USD per month", "=0", "Paid without a launch too"),
        *(
            Row(f"{own}_{label}", label, unit, f"={{{source or key + '_' + label.removeprefix('tokens_')}}}")
            for label, source, unit in ARGUMENTS
        ),
        Row(f"{own}_keep", "keep_share", "share", "={keep_share}", "With the campaign"),
        Row(last, "promotion", "USD", "={promotion}", "With the campaign"),
    ]
    ends = {"stay": (first, rows[-3].key), "campaign": (f"{own}_before", last)}
    made = {
        variant: f"=INDEX(SUPERAPP_PNL(IF({{1,0}},{{{top}..{foot}#}},{{{top}..{foot}}}),{{table_rows}}),{{table_rows}},{{table_columns}})"
        for variant, (top, foot) in ends.items()
    }
    return (
        f"{name}: arguments of SUPERAPP_PNL, and the launch",
        [
            *rows,
            Row(f"{key}_stay_usd", "Value of the launch where all stay", "USD", made["stay"], "Keep_share 1 down to discount_rate"),
            Row(f"{key}_campaign_usd", "Value of the launch by campaign", "USD", made["campaign"], "Users_before down to the last promotion"),
            Row(f"{key}_stay_worth", "The first in millions", "USD m", f"={{{key}_stay_usd}}/1000000"),
            Row(f"{key}_campaign_worth", "The second in millions", "USD m", f"={{{key}_campaign_usd}}/1000000"),
            Row(f"{key}_bears", "Promotion per added user that breaks even", "USD per user", f"=MAX(0,{{{key}_campaign_usd}}*(1+{{user_discount}})^(1/24)+{{promotion}})/{{users_added}}", "Paid: see promotion per added user"),
        ],
    )  # fmt: skip


LAUNCHES: list[tuple[str, list[Block]]] = [
    (
        "The table of SUPERAPP_PNL",
        [
            Row("table_rows", "Its rows, a month each", "count", "={months}"),
            Row("table_columns", "Its columns", "count", "={last_column}", "The last is the present value so far"),
        ],
    ),
    (
        "Rails",
        [
            Row("rails", "Daily users that the rails can bring", "users", "=FUNNEL_USERS({reach},{exposed..daily})"),
            Row("rails_again", "Daily users, again", "users", "={reach}*{exposed}*{activated}*{installed}*{daily}"),
            Row("seen", "Users who see the feature", "users", "={reach}*{exposed}"),
            Row("tried", "Users who try it", "users", "={seen}*{activated}*{installed}"),
            Row("passed", "Daily users of those reached", "share", "={rails}/{reach}"),
            Row("loop", "Days of a cycle of training data", "days", "=FEEDBACK_LOOP_DAYS({samples},{users_before}+{users_added},{events},{usable},{latency})"),
            Row("loop_again", "Days of a cycle, again", "days", "={samples}/(({users_before}+{users_added})*{events}*{usable})+{latency}"),
            Row("year_users", "Daily users a year after the launch", "users", "=USERS_SHOCK({users_before},{users_before}+{users_added},{keep_share},{halflife},{launch_growth},12)"),
            Row("year_kept", "Of the peak still there", "share", "={year_users}/({users_before}+{users_added})", "Adoption is not yet a base"),
        ],
    ),
    *(_launched(key, name) for key, name in PRODUCTS),
]  # fmt: skip

RANGED = (
    ("us_model_out", "Answers, US roofline"), ("cn_model_out", "Answers, China roofline"), ("cn_price_out", "Answers, disclosed system"),
    ("us_model_in", "Prompts, US roofline"), ("cn_model_in", "Prompts, China roofline"), ("cn_price_in", "Prompts, disclosed system"),
    ("cn_energy_out", "Electricity of answers, China"),
)  # fmt: skip

GAPS = Calc(
    "Calc_Gaps", "US against China", "What the claims measure on both sides, and how far costs range",
    [
        (
            "Gaps",
            [
                Row("passed_ratio", "Share of reach that is daily, CN over US", "ratio", "={cn_passed}/{us_passed}"),
                Row("loop_ratio", "Days of a cycle of data, US over China", "ratio", "={us_loop}/{cn_loop}"),
                Row("net_ratio", "Net revenue of a user, US over China", "ratio", "={us_net}/{cn_net}"),
                Row("cost_ratio", "Cost of a chat user, China over US", "ratio", "={cn_chat_cost}/{us_chat_cost}"),
                Row("money_share", "Part of the gap that is revenue", "share", "=LN({net_ratio})/(LN({net_ratio})+LN({cost_ratio}))", "The rest is serving cost; in logarithms"),
                Row("disclosed_ratio", "Disclosed cost of answers over our roofline", "ratio", "={cn_price_out}/{cn_model_out}", "It rents at USD 2 an hour; ours is at cost"),
            ],
        ),
        (
            "Ranges of cost",
            [
                Row(f"{key}_{end}", f"{name}: {end}", "USD per Mtok", f"={function}({{{key}:}})", "Of the three scenarios", constant=True)
                for key, name in RANGED
                for end, function in (("low", "MIN"), ("high", "MAX"))
            ],
        ),
    ],
)  # fmt: skip


_RATES = "{cn_decline$},{cn_usage_growth$},{cn_arpu_growth$}"
_RATIOS = (
    "=(ROWS($B${top}:$B{r})-1)*{step_months$}/12",
    *(f"=COST_TO_ARPU({{cn_{key}_ratio$}},{{cn_floor_share$}},{_RATES},$H{{r}})" for key, _ in PRODUCTS),
    "=1^H{r}",
)
_VALUES = (
    "=INDEX({window_1:},ROWS($B${top}:$B{r}))",
    "=12*{cn_net$}*(1+{cn_arpu_growth$})^H{r}",
    "={cn_floor_share$}/({cn_floor_share$}+(1-{cn_floor_share$})*(1-{cn_decline$})^H{r})",
    *(
        f"=COHORT_VALUE($I{{r}},$I{{r}}*INDEX({{window_{number}:}},ROWS($B${{top}}:$B{{r}})),{{cn_hazard$}},{{cn_user_discount$}},$J{{r}},{_RATES},{{horizon$}})"
        for number in (2, 3, 4)
    ),
)

WINDOW = Calc(
    "Calc_Window", "The window of profit", "Cost over revenue of a Chinese user in each year to come, and what waiting with the launch is worth",
    [
        (
            "Cost over net revenue, quarter by quarter",
            [
                TableBlock(
                    "window", "Quarter", "ratio", ("Years from today", "Chat", "Reasoning", "Agentic", "Break-even"), ("years", *["ratio"] * 4),
                    [_RATIOS] * QUARTERS,
                )
            ],
        ),
        (
            "Value of a user won in that quarter, in money of then",
            [
                TableBlock(
                    "waited", "Quarter", "USD per user", ("Years from today", "Net revenue a year", "Floor share then", "Chat", "Reasoning", "Agentic"),
                    ("years", "USD per user-year", "share", *["USD per user"] * 3), [_VALUES] * QUARTERS,
                )
            ],
        ),
        (
            "The best time to start",
            [
                line
                for number, (key, name) in enumerate(PRODUCTS)
                for line in (
                    Row(f"{key}_best", f"{name}: value of a user at the best start", "USD per user", f"=MAX({{waited_{number + 4}:}})", "In money of then"),
                    Row(f"{key}_wait", f"{name}: years to wait for it", "years", f"=INDEX({{waited_1:}},MATCH({{{key}_best}},{{waited_{number + 4}:}},0))", "0: now; the last quarter: later still"),
                    Row(f"{key}_low", f"{name}: lowest cost over revenue", "ratio", f"=MIN({{window_{number + 2}:}})", "Above 1 there is no window"),
                )
            ],
        ),
        (
            "Decline of cost that pays by a year",
            [
                TableBlock(
                    "needed", "Horizon", "per year", ("Years", "Chat", "Reasoning", "Agentic", "Bill stands still"), ("years", *["per year"] * 4),
                    [(
                        "=ROWS($B${top}:$B{r})",
                        *(f'=IFERROR(REQUIRED_DECLINE({{cn_{key}_ratio$}},$H{{r}},{{cn_floor_share$}},{{cn_usage_growth$}},{{cn_arpu_growth$}}),"never")' for key, _ in PRODUCTS),
                        "={cn_bill_stable$}*1^H{r}",
                    )] * YEARS,
                )
            ],
        ),
    ],
    table=True,
)  # fmt: skip


def _decoded(side: str) -> str:
    """Tokens of an accelerator by the sequences on it, on a country's chip."""
    model = "{total_params$},{active_params$},{weight_bytes$},"
    chip = ",".join(
        f"{{{side}_{key}$}}" for key in ("tflops", "bandwidth", "system_accelerators", "serve_mfu", "serve_mbu")
    )
    return f"=DECODE_THROUGHPUT(H{{r}}*{{{side}_system_accelerators$}},{model}{{cn_kv$}},{{context$}},{chip},0,0,{{experts$}},{{active_experts$}},{{dense_params$}})"  # fmt: skip


_DOUBLED = "(1+1)^(ROWS($B${top}:$B{r})-1)"
_DENSE = (
    "=DECODE_THROUGHPUT(H{r},{h100_params$},{h100_params$},{weight_bytes$},{h100_kv$},{h100_context$},{ds_tflops$},"
    "{h100_bandwidth$},{h100_count$},{h100_mfu$},{h100_mbu$})"
)


def _at(key: str) -> str:
    return f"=INDEX({{{key}:}},ROWS($B${{top}}:$B{{r}}))"


BATCH = Calc(
    "Calc_Batch", "Batching", "Cost of answers against the sequences served together: weights are shared, the cache is not",
    [
        (
            "The model of the launch on both chips: speed",
            [
                TableBlock(
                    "speeds", "Sequences on an accelerator", "tokens/s per accelerator", ("Sequences", "US", "China", "US, for a user", "China, for a user"),
                    ("sequences", *["tokens/s per accelerator"] * 4), [(f"={_DOUBLED}", _decoded("us"), _decoded("cn"), "=I{r}/$H{r}", "=J{r}/$H{r}")] * DOUBLINGS,
                )
            ],
        ),
        (
            "The model of the launch on both chips: cost of answers",
            [
                TableBlock(
                    "batches", "Sequences on an accelerator", "USD per Mtok", ("Sequences", "US", "China"), ("sequences", "USD per Mtok", "USD per Mtok"),
                    [(
                        _at("speeds_1"),
                        *(f"=SERVING_COST_PER_MTOK({{{side}_hour$}},{_at(f'speeds_{number}')[1:]},{{{side}_utilisation$}})" for number, (side, _) in enumerate(COUNTRIES, 2)),
                    )] * DOUBLINGS,
                )
            ],
        ),
        (
            "A dense model on half a node of H100: speed",
            [
                Row("h100_kv", "Cache of a token of context", "bytes per token of context", "=KV_BYTES_PER_TOKEN({h100_layers},{grouped_heads},{head_dim},{value_bytes})", "Grouped heads"),
                Row("h100_fit", "Sequences that fit in memory", "sequences", "=MAX_BATCH({h100_memory},{h100_count},{h100_params},{weight_bytes},{h100_kv},{h100_context},{usable_memory})"),
                Row("h100_ceiling", "Tokens that the cache allows at any batch", "tokens/s per accelerator", "={h100_mbu}*{h100_bandwidth}*1000000*1000000/({h100_context}*{h100_kv})", "Batching does not share the cache"),
                TableBlock(
                    "dense", "Sequences together", "tokens/s per accelerator", ("Sequences", "Tokens", "For a user"), ("sequences", *["tokens/s per accelerator"] * 2),
                    [(f"=MIN({{h100_fit$}},{_DOUBLED})", _DENSE, "=I{r}*{h100_count$}/H{r}")] * DOUBLINGS,
                ),
            ],
        ),
        (
            "A dense model on half a node of H100: cost of answers",
            [
                TableBlock(
                    "dense_cost", "Sequences together", "USD per Mtok", ("Sequences", "H100"), ("sequences", "USD per Mtok"),
                    [(_at("dense_1"), f"=SERVING_COST_PER_MTOK({{h100_hour$}},{_at('dense_2')[1:]},{{h100_use$}})")] * DOUBLINGS,
                )
            ],
        ),
    ],
    table=True,
)  # fmt: skip

MODELS = (
    ("deepseek-r1", "China", "intl"), ("deepseek-v4-pro", "China", "intl"), ("doubao-seed-2-1-pro-260915", "China", "cn"),
    ("qwen3.8-max", "China", "intl"), ("kimi-k3", "China", "intl"), ("gpt-6-luna", "US", "intl"), ("gpt-6.1-sol", "US", "intl"),
    ("gemini-3.1-pro-preview", "US", "intl"), ("claude-opus-5-5", "US", "intl"),
)  # fmt: skip


_LISTED = (
    *(f'=TOKEN_PRICE($B{{r}},"{kind}",,$I{{r}})' for kind in ("input", "cached", "output")),
    "=BLENDED_TOKEN_PRICE({cn_chat_in$},{cn_chat_out$},J{r},L{r},{cn_cache_hit$},K{r})",
)
_BLENDED = "INDEX({prices_6:},ROWS($B${top}:$B{r}))"
_COMPARED = (
    f"={_BLENDED}/{{cn_chat_blended$}}",
    f"={_BLENDED}*{{cn_queries$}}*({{cn_chat_in$}}+{{cn_chat_out$}})/1000000",
    "=IF({cn_net$}>0,I{r}/{cn_net$},NA())",
)


PRICES = Calc(
    "Calc_Prices", "List prices against serving cost", "What a chat would cost at the list prices of models, against serving it oneself",
    [
        (
            "Latest list prices",
            [
                TableBlock(
                    "prices", "Model", "USD per Mtok", ("Maker", "Price list", "Prompts", "Cached prompts", "Answers", "Blended, chat"),
                    ("text", "text", *["USD per Mtok"] * 4), [(maker, region, *_LISTED) for _, maker, region in MODELS],
                    {"r1_blended": (0, 5)}, [model for model, _, _ in MODELS],
                )
            ],
        ),
        (
            "Chat in China at these prices",
            [
                TableBlock(
                    "compared", "Model", "x", ("Over serving", "A user, month", "Over revenue"), ("x", "USD per user-month", "ratio"),
                    [_COMPARED] * len(MODELS), {"r1_markup": (0, 0)}, [model for model, _, _ in MODELS],
                )
            ],
        ),
        (
            "Over serving cost",
            [
                Row("list_low", "Lowest mark-up of a list price", "x", "=MIN({compared_1:})"),
                Row("list_mid", "Median mark-up", "x", "=MEDIAN({compared_1:})", "Over serving it on the disclosed system"),
                Row("list_high", "Highest mark-up of a list price", "x", "=MAX({compared_1:})"),
                Row("r1_again", "R1, blended, again", "USD per Mtok", "=({cn_chat_in}*((1-{cn_cache_hit})*{ds_price_in}+{cn_cache_hit}*{ds_price_cached})+{cn_chat_out}*{ds_price_out})/({cn_chat_in}+{cn_chat_out})"),
            ],
        ),
    ],
    table=True,
)  # fmt: skip

_WHOLE = "Value of the launch"
_STEPS = (("Revenue", "revenue", ""), ("Inference", "inference", "-"), ("Other variable cost", "other", "-"))


def _step(amount: str) -> tuple[str, ...]:
    """A bar from where the bars before it end, or from 0; what lies between it and 0 stays clear."""
    return (
        amount, f'=IF($B{{r}}="{_WHOLE}",0,1)', "=(SUM(H${top}:H{r})-H{r})*I{r}", "=J{r}+H{r}", "=MAX(0,MIN(J{r},K{r}))",
        "=MIN(0,MAX(J{r},K{r}))", "=MAX(0,MAX(J{r},K{r}))-L{r}", "=MIN(0,MIN(J{r},K{r}))-M{r}",
    )  # fmt: skip


# From the revenue of the added users to the value of the campaign of chat, crossing 0 where it must.
_BRIDGE = {
    **{name: f"={sign}({{chat_campaign_{key}_pv}}-{{chat_none_{key}_pv}})/1000000" for name, key, sign in _STEPS},
    "Promotion": "=-{chat_campaign_promotion_pv}/1000000",
    _WHOLE: "={chat_campaign_effect}/1000000",
}

CHARTED = Calc(
    "Calc_Charts", "What the charts show", "The products side by side, the bridge of the launch, and the ranges of cost",
    [
        (
            "Inference cost over net revenue",
            [
                TableBlock(
                    "products", "Product", "ratio", ("US", "China"), ("ratio", "ratio"),
                    [(f"{{us_{key}_ratio}}", f"{{cn_{key}_ratio}}") for key, _ in PRODUCTS], labels=[name for _, name in PRODUCTS],
                )
            ],
        ),
        (
            "The campaign of chat, in today's value",
            [
                TableBlock(
                    "bridge", "Step", "USD m", ("Amount", "A step", "From", "To", "Clear above 0", "Clear below 0", "Shown above", "Shown below"),
                    ("USD m", "flag", *["USD m"] * 6), [_step(amount) for amount in _BRIDGE.values()],
                    {"bridge_end": (3, 3), "bridge_value": (4, 0)}, list(_BRIDGE),
                )
            ],
        ),
        (
            "Cost of a million tokens from Bear to Bull",
            [
                TableBlock(
                    "ranges", "Cost", "USD per Mtok", ("Low", "In use", "High", "Range"), ("USD per Mtok",) * 4,
                    [(f"{{{key}_low}}", f"{{{key}}}", f"{{{key}_high}}", "=J{r}-H{r}") for key, _ in RANGED], labels=[name for _, name in RANGED],
                )
            ],
        ),
    ],
    table=True,
)  # fmt: skip

OUTPUTS = [
    (
        "A million tokens",
        [
            output
            for side, name in COUNTRIES
            for output in (
                Output(f"{side}_hour", f"Cost of an accelerator-hour, {name}", f"{side}_hour"),
                Output(f"{side}_model_out", f"Cost of answers by the roofline, {name}", f"{side}_model_out", "Idle hours included", True),
                Output(f"{side}_model_in", f"Cost of prompts by the roofline, {name}", f"{side}_model_in", "Not in the cache"),
            )
        ] + [
            Output("answers_ratio", "Cost of answers, China over US", "answers_ratio"),
            Output("disclosed_ratio", "Disclosed cost of answers over our roofline", "disclosed_ratio", "It rents at USD 2 an hour; ours is at cost"),
            Output("premium_flop", "Hardware premium of China, peak arithmetic", "premium_flop", "Per TFLOP/s: prompts and training, equal software"),
            Output("premium_bandwidth", "Hardware premium of China, memory bandwidth", "premium_bandwidth", "Answers"),
            Output("premium_memory", "Hardware premium of China, memory capacity", "premium_memory", "Long contexts"),
            Output("floor_share", "Physical floor over cost of answers", "floor_share_now", "Memory traffic and arithmetic at the limit"),
            Output("r1_markup", "List price of R1 over serving cost", "r1_markup", "Chat, on the disclosed system"),
        ],
    ),
    (
        "A daily user in China",
        [
            output
            for key, name in PRODUCTS
            for output in (
                Output(f"{key}_bill", f"{name}: bill of the added users in China, a month", f"cn_{key}_bill", "", key == "chat"),
                Output(f"{key}_ratio", f"{name}: inference cost over net revenue", f"cn_{key}_ratio", "Above 1 each user loses money", True),
                Output(f"{key}_status", f"{name}: profit of a user", f"cn_{key}_profit", "At these rates, over 100 years"),
                Output(f"{key}_value", f"{name}: value of a user won today", f"cn_{key}_value", "Before the promotion"),
            )
        ] + [
            Output("cac", "Promotion per added user", "cn_cac"),
            Output("chat_us_ratio", "Chat in the US: inference cost over net revenue", "us_chat_ratio"),
            Output("money_share", "Part of the gap to the US due to revenue", "money_share", "The rest is serving cost"),
        ],
    ),
    (
        "The launch in China over 36 months",
        [
            output
            for key, name in PRODUCTS
            for output in (
                Output(f"{key}_stay", f"{name}: value if all stay, no promotion", f"cn_{key}_stay_worth", "The wording of the article", key == "chat"),
                Output(f"{key}_campaign", f"{name}: value of the campaign", f"cn_{key}_campaign_worth", "As seen in early 2026", key == "chat"),
                Output(f"{key}_chips", f"{name}: accelerators for the added users", f"cn_{key}_chips", "Chinese chip, at the peak"),
            )
        ] + [
            Output("chat_peak", "Chat: peak funding need of the campaign", "chat_campaign_peak_m", "Scenario in use"),
            Output("chat_index", "Chat: loss per dollar spent on the campaign", "chat_campaign_index", "Scenario in use"),
            Output("chat_bears", "Promotion per user that chat could bear", "cn_chat_bears", "The promotion paid is above"),
            Output("reasoning_wait", "Reasoning: years to wait for the best start", "reasoning_wait", "Scenario in use"),
        ],
    ),
]  # fmt: skip

SENSITIVITIES = [
    Sensitivity(
        "COHORT_VALUE", "Value of a reasoning user, China",
        [
            ("Net revenue a year", "cn_net_year"), ("Inference cost a year", "cn_reasoning_year"), ("Hazard of leaving", "cn_hazard"),
            ("Discount rate", "cn_user_discount"), ("Floor share", "cn_floor_share"), ("Decline of cost", "cn_decline"),
            ("Growth of use", "cn_usage_growth"), ("Growth of revenue", "cn_arpu_growth"), ("Years valued", "horizon"),
        ],
        "Decline of cost", "Inference cost a year",
    ),
    Sensitivity(
        "INFERENCE_COST_IO", "Monthly bill of the added chat users, China",
        [
            ("Queries a month", "cn_added_queries"), ("Prompt tokens", "cn_chat_in"), ("Answer tokens", "cn_chat_out"),
            ("Cost of prompts", "cn_price_in"), ("Cost of answers", "cn_price_out"), ("Found in the cache", "cn_cache_hit"),
        ],
        "Cost of answers", "Answer tokens",
    ),
]  # fmt: skip

_MILLIONS = "#,##0,,;(#,##0,,);0"

CHARTS = [
    Chart("line", "Launch of chat in China: cumulative value", "month", "present value, USD m", "Calc_Chat", [
        Curve("All users stay, no promotion", "chat_stay_worth", "period", "#059669"),
        Curve("No launch", "chat_none_worth", "period", "#6B7280"),
        Curve("Campaign", "chat_campaign_worth", "period", "#DC2626"),
    ], number_format=_MILLIONS, main=True),
    Chart("column", "Inference cost over net revenue of a user", "product", "ratio; above 1 a user loses money", "Calc_US_Users, Calc_China_Users", [
        Curve("US", "products_1", "labels_of_products", "#2563EB"), Curve("China", "products_2", "labels_of_products", "#DC2626"),
    ], number_format="0.0", main=True),
    Chart("line", "The window of profit in China", "years from today", "cost over net revenue, log scale", "Calc_Window", [
        Curve("Chat", "window_2", "window_1", "#2563EB"), Curve("Reasoning", "window_3", "window_1", "#F59E0B"),
        Curve("Agentic", "window_4", "window_1", "#DC2626"), Curve("Break-even", "window_5", "window_1", "#6B7280"),
    ], number_format="0.0", main=True, log=True),
    Chart("column", "The campaign of chat: from revenue to value", "step, added users alone", "present value, USD m", "Calc_Chat, Calc_Charts", [
        Curve("Clear above", "bridge_5", "labels_of_bridge", hidden=True), Curve("Clear below", "bridge_6", "labels_of_bridge", hidden=True),
        Curve("Above 0", "bridge_7", "labels_of_bridge", "#0F4C81"), Curve("Below 0", "bridge_8", "labels_of_bridge", "#DC2626"),
    ], stacked=True, number_format="#,##0;(#,##0);0", main=True),
    Chart("bar", "Cost of a million tokens, Bear to Bull", "kind of token and source", "USD per million tokens", "Calc_Charts", [
        Curve("Low", "ranges_1", "labels_of_ranges", hidden=True), Curve("Bear to Bull", "ranges_4", "labels_of_ranges", "#0F4C81"),
    ], stacked=True, number_format="0.00", reverse=True),
    tornado("Value of a reasoning user: what moves it", "Sensitivity, COHORT_VALUE", 1, "USD", "0.00"),
    Chart("column", "The campaign by scenario", "scenario", "value, USD m", "Calc_China_Launch", [
        Curve(name, f"cn_{key}_campaign_worth", "scenarios", color)
        for (key, name), color in zip(PRODUCTS, ("#2563EB", "#F59E0B", "#DC2626"), strict=True)
    ], number_format="#,##0;(#,##0);0"),
    Chart("line", "Cost of answers by batch size", "sequences per accelerator", "USD per million tokens, log scale", "Calc_Batch", [
        Curve("US, the model of the launch", "batches_2", "batches_1", "#2563EB"), Curve("China, the same", "batches_3", "batches_1", "#DC2626"),
    ], number_format="0.00", log=True),
]  # fmt: skip

CHECKS = [
    check
    for side, name in COUNTRIES
    for check in (
        Check(f"Accelerator-hour, by its parts: {name}", f"{side}_hour", f"{side}_hour_again"),
        Check(f"Cache of a token, by hand: {name}", f"{side}_kv", f"{side}_kv_again"),
        Check(f"Sequences in memory, by hand: {name}", f"{side}_fit", f"{side}_fit_again"),
        Check(f"Answer tokens, by traffic and arithmetic: {name}", f"{side}_decode", f"{side}_decode_again"),
        Check(f"Prompt tokens, by hand: {name}", f"{side}_prefill", f"{side}_prefill_again"),
        Check(f"Cost of answers, by hand: {name}", f"{side}_model_out", f"{side}_model_out_again"),
        Check(f"Energy of a token, by hand: {name}", f"{side}_joule", f"{side}_joule_again"),
        Check(f"Gross revenue of a user, by hand: {name}", f"{side}_arpu", f"{side}_arpu_again"),
        Check(f"Growth of the bill, by hand: {name}", f"{side}_bill_growth", f"{side}_bill_growth_again"),
        *(Check(f"Inference cost of a user, {product.lower()}: {name}", f"{side}_{key}_call", f"{side}_{key}_cost") for key, product in PRODUCTS),
        *(Check(f"Value of a user by three annuities, {product.lower()}: {name}", f"{side}_{key}_value", f"{side}_{key}_value_again") for key, product in PRODUCTS),
        *(Check(f"Cost over revenue in the target year, {product.lower()}: {name}", f"{side}_{key}_then", f"{side}_{key}_then_again") for key, product in PRODUCTS),
        *(Check(f"Accelerators, by hand, {product.lower()}: {name}", f"{side}_{key}_chips", f"{side}_{key}_chips_again") for key, product in PRODUCTS),
        Check(f"The identity of the article holds: {name}", f"{side}_identity", f"{side}_identity_split"),
        Check(f"Users of the rails, by hand: {name}", f"{side}_rails", f"{side}_rails_again"),
        Check(f"Days of the cycle, by hand: {name}", f"{side}_loop", f"{side}_loop_again"),
    )
] + [
    Check("Premium per TFLOP/s, by hand", "premium_flop", "premium_again"),
    Check("Physical floor, by hand", "floor", "floor_again"),
    Check("Cost of answers at the end, by hand", "cost_then", "cost_then_again"),
    Check("Disclosed system: cost of answers, by hand", "ds_cost_out", "ds_cost_again"),
    Check("Disclosed system: rent of its nodes is its cost", "ds_day_rent", "ds_cost"),
    Check("Disclosed system: tokens give its cost, within 0.1 %", "ds_day", "ds_cost", 1e-3),
    Check("Disclosed system: list prices give its revenue, within 0.1 %", "ds_sold", "ds_revenue", 1e-3),
    Check("Disclosed system: the roofline gives its answers, within 2 %", "ds_roofline", "ds_decode", 0.02),
    Check("Disclosed system: the roofline gives its prompts, within 2 %", "ds_roof_prefill", "ds_prefill", 0.02),
    Check("Blended list price of R1, by hand", "r1_blended", "r1_again"),
    Check("Users of the campaign, by USERS_SHOCK", "campaign_total", "campaign_again_total"),
    Check("Chat campaign: native months give the value of SUPERAPP_PNL", "chat_campaign_npv", "campaign_pnl_present_value"),
    Check("Chat campaign: native months give its revenue", "chat_campaign_revenue_all", "campaign_pnl_revenue"),
    Check("Chat campaign: native months give its inference", "chat_campaign_inference_all", "campaign_pnl_inference"),
    Check("Chat campaign: native months give its cash", "chat_campaign_cash_all", "campaign_pnl_cash"),
    Check("Chat without a launch: native months give the value of SUPERAPP_PNL", "chat_none_npv", "none_pnl_present_value"),
    Check("The bridge ends at the value of the launch", "bridge_end", "bridge_value"),
    *(
        check
        for key, name in PRODUCTS
        for variant, title in VARIANTS[1:]
        for check in (
            Check(f"{name}, {title.lower()}: launch less none is SUPERAPP_PNL of the added users", f"{key}_{variant}_effect", f"cn_{key}_{variant}_usd"),
            Check(f"{name}, {title.lower()}: money tied up, by hand", f"{key}_{variant}_peak", f"{key}_{variant}_peak_again"),
            Check(f"{name}, {title.lower()}: capital destroyed, by hand", f"{key}_{variant}_lost", f"{key}_{variant}_lost_again"),
            Check(f"{name}, {title.lower()}: lost of each dollar, by hand", f"{key}_{variant}_index", f"{key}_{variant}_index_again"),
        )
    ),
]  # fmt: skip

CLAIMS = [
    Claim("C10", "Chinese companies carry a higher floor under their costs", "GPU_HOUR_COST, DECODE_THROUGHPUT, SERVING_COST_PER_MTOK", "Cost of answers, China over US", "answers_ratio", 1, "A US system at the price on Calc_Hardware at which answers cost the same: USD 3.9m against 3.0m", ARTICLE),
    Claim("C11", "Chinese hardware costs more for the same work", "HARDWARE_PREMIUM", "Premium per GB, per TB/s and per TFLOP/s", ("premium_memory", "premium_bandwidth", "premium_flop"), 0, "The workload: memory is 19 % cheaper, answers cost 36 % more, arithmetic 74 %", ARTICLE),
    Claim("C12", "Chinese chips are behind the frontier", "DECODE_THROUGHPUT, PREFILL_THROUGHPUT, ENERGY_PER_TOKEN", "Dense BF16 of a chip, China over US", "chip_ratio", 1, "A Chinese chip of 2,500 TFLOP/s; there are 3.2 of today's for one", ARTICLE, False),
    Claim("C13", "Better algorithms made up for the hardware", "HARDWARE_PREMIUM, KV_BYTES_PER_TOKEN", "Premium of training left after the gain", "premium_left", 0, "A gain of 2.3 times closes it; latent attention alone saves 3.6 times the cache", ARTICLE, False),
    Claim("C16", "Super-apps are rails almost without friction", "FUNNEL_USERS", "Share of reach that is daily, CN over US", "passed_ratio", 1, "A US host without a download comes to 42 % of the Chinese share", ARTICLE),
    Claim("C17", "Hundreds of millions get a feature without a download", "FUNNEL_USERS", "Users daily, trying and seeing it", ("cn_rails", "cn_tried", "cn_seen"), 200e6, "Whether seen, tried or used daily counts", ARTICLE),
    Claim("C18", "Density of use makes a faster loop of data", "FEEDBACK_LOOP_DAYS", "Days of a cycle, US over China", "loop_ratio", 1, "Equal events, usable shares and latency", ARTICLE),
    Claim("C26", "Unlike Web2, serving a user has a lasting cost", "INFERENCE_COST_IO, COST_TO_ARPU", "Cost of a chat user over that of Web2", "cn_web2_ratio", 1, "A fall of the token cost by 96 %", ARTICLE),
    Claim("C27", "Cost is fixed cost plus queries x tokens x token cost", "INFERENCE_COST, BLENDED_TOKEN_PRICE", "Difference of the identity and the split form", "cn_identity_off", 1e-6, "Nothing: it is an identity at the blended token cost", ARTICLE, False),
    Claim("C28", "50 million users overnight bring a crushing bill", "INFERENCE_COST_IO, ACCELERATORS_REQUIRED", "Bill over net revenue: chat, reasoning, agentic", ("cn_chat_ratio", "cn_reasoning_ratio", "cn_agentic_ratio"), 1, "Tokens: chat turns at twice its bill, agents at 13 % of their bill", ARTICLE),
    Claim("C29", "Scale on ads and discounts destroys capital", "SUPERAPP_PNL, COHORT_VALUE, CAPITAL_DESTRUCTION", "Value where all stay: agentic, reasoning, chat", ("cn_agentic_stay_worth", "cn_reasoning_stay_worth", "cn_chat_stay_worth"), 0, "The promotion: at USD 4.86 a user all three lose, chat bears USD 0.82", ARTICLE, False),
    Claim("C31", "Growth of users is what falling costs must beat", "BILL_GROWTH, REQUIRED_DECLINE, BREAKEVEN_TIME", "What growth of users adds to cost over revenue", "cn_users_effect", 1e-6, "Nothing: users multiply bill and revenue alike; use over revenue per user is what counts", ARTICLE),
    Claim("C32", "Physics limits the fall of cost", "ENERGY_FLOOR, LANDAUER_ENERGY, TOKEN_COST_AT", "Physical floor over the cost of answers", "floor_share_now", 0.05, "A cost of answers of USD 0.006 a million, 98 % below today", ARTICLE),
]  # fmt: skip


def template() -> Template:
    """The declaration of the workbook."""
    return Template(
        "inference_economics", TITLE, PURPOSE, GUIDE,
        [
            ("General", GENERAL), ("Products: tokens over those of chat", MULTIPLES), ("The model served", MODEL),
            *of_both("Hardware", HARDWARE), *of_both("Use and serving cost", USE), *of_both("Change by year", CHANGE),
            *of_both("Revenue and value", MONEY), *of_both("Rails", RAILS), *of_both("Launch", LAUNCH),
            ("The disclosed system", DISCLOSED), ("A dense model on H100", DENSE), ("Physics", PHYSICS),
        ],
        [
            *calcs("Serving", "From hardware to tokens", "Hour, throughput and cost of a million tokens; both countries have the same rows", SERVING),
            CHIPS, SYSTEM,
            *calcs("Users", "A daily user", "Bill, window of profit and value of a user for three products; both countries have the same rows", USERS),
            DRIVERS, *(_launch(key, name) for key, name in PRODUCTS), PNL,
            *calcs("Launch", "The launch by scenario", "Rails, and what the launch is worth in each scenario; both countries have the same rows", LAUNCHES),
            GAPS, WINDOW, BATCH, PRICES, CHARTED,
        ],
        OUTPUTS, SENSITIVITIES, CHARTS, CHECKS, CLAIMS, Timeline(MONTHS, 1, "model_start", [Row("first_month", "Month of the launch", "flag", "=IF({period}=1,1,0)")]),
    )  # fmt: skip
