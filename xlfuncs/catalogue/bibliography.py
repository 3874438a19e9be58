"""Where the formulas come from."""

from __future__ import annotations

from xlfuncs.core.citation import Source

ARTICLE = Source(
    "Anonymous",
    "The Asymmetry of Chinese and American Artificial Intelligence Valuation and Velocity",
    2026,
)

BASS_1969 = Source(
    "Bass, F. M.",
    "A new product growth for model consumer durables, Management Science 15(5)",
    1969,
    "https://doi.org/10.1287/mnsc.15.5.215",
)
BESIROGLU_2024 = Source(
    "Besiroglu, T., Erdil, E., Barnett, M., You, J.",
    "Chinchilla scaling: a replication attempt, arXiv:2404.10102",
    2024,
    "https://arxiv.org/abs/2404.10102",
)
BIS_3A090 = Source(
    "Bureau of Industry and Security",
    "Commerce Control List, ECCN 3A090, technical note on total processing performance",
    2023,
    "https://www.ecfr.gov/current/title-15/subtitle-B/chapter-VII/subchapter-C/part-774",
)
DAMODARAN = Source(
    "Damodaran, A.",
    "Investment Valuation, 3rd edition, and country risk notes",
    2012,
    "https://pages.stern.nyu.edu/~adamodar/",
)
DEEPSEEK_2025 = Source(
    "DeepSeek",
    "DeepSeek-V3/R1 inference system overview, open-infra-index",
    2025,
    "https://github.com/deepseek-ai/open-infra-index",
)
ECB = Source(
    "European Central Bank",
    "Euro foreign exchange reference rates",
    2026,
    "https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates/",
)
EPOCH_2025 = Source(
    "Cottier, B., Snodin, B., Owen, D., Adamczewski, T. (Epoch AI)",
    "LLM inference prices have fallen rapidly but unequally across tasks",
    2025,
    "https://epoch.ai/data-insights/llm-inference-price-trends",
)
FADER_HARDIE_2007 = Source(
    "Fader, P. S., Hardie, B. G. S.",
    "How to project customer retention, Journal of Interactive Marketing 21(1)",
    2007,
    "https://doi.org/10.1002/dir.20074",
)
FADER_HARDIE_2010 = Source(
    "Fader, P. S., Hardie, B. G. S.",
    "Customer-base valuation in a contractual setting: the perils of ignoring heterogeneity, Marketing Science 29(1)",
    2010,
    "https://doi.org/10.1287/mksc.1080.0482",
)
GUPTA_LEHMANN_2003 = Source(
    "Gupta, S., Lehmann, D. R.",
    "Customers as assets, Journal of Interactive Marketing 17(1)",
    2003,
    "https://doi.org/10.1002/dir.10045",
)
HO_2023 = Source(
    "Ho, A., Erdil, E., Besiroglu, T.",
    "Limits to the energy efficiency of CMOS microprocessors, arXiv:2312.08595",
    2023,
    "https://arxiv.org/abs/2312.08595",
)
HOFFMANN_2022 = Source(
    "Hoffmann, J. et al.",
    "Training compute-optimal large language models, arXiv:2203.15556",
    2022,
    "https://arxiv.org/abs/2203.15556",
)
KAPLAN_2020 = Source(
    "Kaplan, J. et al.",
    "Scaling laws for neural language models, arXiv:2001.08361",
    2020,
    "https://arxiv.org/abs/2001.08361",
)
LANDAUER_1961 = Source(
    "Landauer, R.",
    "Irreversibility and heat generation in the computing process, IBM Journal 5(3)",
    1961,
    "https://doi.org/10.1147/rd.53.0183",
)
OECD_2008 = Source(
    "OECD, JRC",
    "Handbook on Constructing Composite Indicators: Methodology and User Guide",
    2008,
    "https://doi.org/10.1787/9789264043466-en",
)
POPE_2022 = Source(
    "Pope, R. et al.",
    "Efficiently scaling transformer inference, arXiv:2211.05102",
    2022,
    "https://arxiv.org/abs/2211.05102",
)
PROJECT_FINANCE = Source("Brealey, R., Myers, S., Allen, F.", "Principles of Corporate Finance", 2020)
SAAS_STANDARD = Source(
    "SaaS Metrics Standards Board",
    "SaaS metrics standards",
    2022,
    "https://www.saasmetricsboard.com/",
)
SACKS_2020 = Source(
    "Sacks, D.",
    "The burn multiple",
    2020,
    "https://sacks.substack.com/p/the-burn-multiple-51a7e43cb200",
)
SKOK_2010 = Source(
    "Skok, D.",
    "SaaS metrics 2.0: a guide to measuring and improving what matters",
    2010,
    "https://www.forentrepreneurs.com/saas-metrics-2/",
)
TRAIN_2009 = Source(
    "Train, K.",
    "Discrete Choice Methods with Simulation: lognormal willingness to pay",
    2009,
    "https://eml.berkeley.edu/books/choice2.html",
)
DATA_SET = Source("xlfuncs", "Dated and sourced data set shipped with the library", 2026)
DOJ_FTC_2023 = Source(
    "US Department of Justice, Federal Trade Commission",
    "Merger Guidelines",
    2023,
    "https://www.justice.gov/atr/2023-merger-guidelines",
)
BERRY_1994 = Source(
    "Berry, S. T.",
    "Estimating discrete-choice models of product differentiation, RAND Journal of Economics 25(2)",
    1994,
    "https://doi.org/10.2307/2555829",
)
COX_1972 = Source(
    "Cox, D. R.",
    "Regression models and life-tables, Journal of the Royal Statistical Society B 34(2)",
    1972,
    "https://doi.org/10.1111/j.2517-6161.1972.tb00899.x",
)
FISHER_1930 = Source("Fisher, I.", "The Theory of Interest", 1930)
TAPIO_2005 = Source(
    "Tapio, P.",
    "Towards a theory of decoupling, Transport Policy 12(2)",
    2005,
    "https://doi.org/10.1016/j.tranpol.2005.01.001",
)
SI_2019 = Source("BIPM", "The International System of Units, 9th edition", 2019, "https://www.bipm.org/en/si-brochure")
PERT_1959 = Source(
    "Malcolm, D. G., Roseboom, J. H., Clark, C. E., Fazar, W.",
    "Application of a technique for research and development program evaluation, Operations Research 7(5)",
    1959,
    "https://doi.org/10.1287/opre.7.5.646",
)
BRENT_1973 = Source("Brent, R. P.", "Algorithms for Minimization without Derivatives", 1973)
JANSEN_1999 = Source(
    "Jansen, M. J. W.",
    "Analysis of variance designs for model output, Computer Physics Communications 117",
    1999,
    "https://doi.org/10.1016/S0010-4655(98)00154-4",
)
SCENARIOS = Source("Saltelli, A. et al.", "Global Sensitivity Analysis: The Primer", 2008)
