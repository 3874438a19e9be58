"""Argument kinds (scalar, range, array), for implicit intersection.

A plain formula, one that no one entered as an array, gives a function one cell of a range where it wants one
value: the cell in its own row or column.
"""

from __future__ import annotations

# Kinds, one letter for each argument. s: scalar, one value; r: a range as it is; a: an array, so that whatever stands
# in the argument is calculated for each of its values. The last letter stands for all arguments after it; what is in
# brackets repeats.
_OF_SCALARS = """
ABS ACOS ACOSH ACOT ACOTH ADDRESS ARABIC ASC ASIN ASINH ATAN ATAN2 ATANH BASE BETA.DIST BETA.INV BETADIST BETAINV
BINOM.DIST BINOM.DIST.RANGE BINOM.INV BINOMDIST BITAND BITLSHIFT BITOR BITRSHIFT BITXOR CEILING CEILING.MATH
CEILING.PRECISE CHAR CHIDIST CHIINV CHISQ.DIST CHISQ.DIST.RT CHISQ.INV CHISQ.INV.RT CLEAN CODE COMBIN COMBINA
CONCATENATE CONFIDENCE CONFIDENCE.NORM CONFIDENCE.T COS COSH COT COTH CRITBINOM CSC CSCH DATE DATEDIF DATEVALUE DAY
DAYS DAYS360 DB DDB DECIMAL DEGREES DOLLAR ERROR.TYPE EVEN EXACT EXP EXPON.DIST EXPONDIST F.DIST F.DIST.RT F.INV
F.INV.RT FACT FACTDOUBLE FALSE FDIST FIND FINDB FINV FISHER FISHERINV FIXED FLOOR FLOOR.MATH FLOOR.PRECISE FV GAMMA
GAMMA.DIST GAMMA.INV GAMMADIST GAMMAINV GAMMALN GAMMALN.PRECISE GAUSS HOUR HYPGEOM.DIST HYPGEOMDIST IFERROR IFNA INT
IPMT ISBLANK ISERR ISERROR ISEVEN ISLOGICAL ISNA ISNONTEXT ISNUMBER ISO.CEILING ISODD ISOWEEKNUM ISPMT ISTEXT LEFT
LEFTB LEN LENB LN LOG LOG10 LOGINV LOGNORM.DIST LOGNORM.INV LOGNORMDIST LOWER MID MIDB MINUTE MOD MONTH MUNIT NA
NEGBINOM.DIST NEGBINOMDIST NORM.DIST NORM.INV NORM.S.DIST NORM.S.INV NORMDIST NORMINV NORMSDIST NORMSINV NOT NOW NPER
NUMBERVALUE ODD PDURATION PERMUT PERMUTATIONA PHI PI PMT POISSON POISSON.DIST POWER PPMT PROPER PV RADIANS RAND RATE
REPLACE REPLACEB REPT RIGHT RIGHTB ROMAN ROUND ROUNDDOWN ROUNDUP RRI SEARCH SEARCHB SEC SECH SECOND SIGN SIN SINH SLN
SQRT STANDARDIZE SUBSTITUTE SYD T.DIST T.DIST.2T T.DIST.RT T.INV T.INV.2T TAN TANH TDIST TEXT TIME TIMEVALUE TINV
TODAY TRIM TRUE TRUNC UNICHAR UNICODE UPPER USDOLLAR VALUE VDB WEEKDAY WEIBULL WEIBULL.DIST YEAR
EDATE EOMONTH WEEKNUM YEARFRAC QUOTIENT MROUND RANDBETWEEN EFFECT NOMINAL DOLLARDE DOLLARFR
"""
_OF_RANGES = """
SUM AVERAGE AVERAGEA COUNT COUNTA COUNTBLANK MAX MAXA MIN MINA PRODUCT SUMSQ STDEV STDEV.S STDEV.P STDEVP STDEVA
STDEVPA VAR VAR.S VAR.P VARP VARA VARPA MEDIAN MODE MODE.SNGL GEOMEAN HARMEAN DEVSQ AVEDEV KURT SKEW SKEW.P AND OR XOR
ROWS COLUMNS AREAS CONCAT CORREL COVAR COVARIANCE.P COVARIANCE.S PEARSON RSQ SLOPE INTERCEPT STEYX GCD LCM MULTINOMIAL
FTEST F.TEST TTEST T.TEST ZTEST Z.TEST CHITEST CHISQ.TEST DSUM DAVERAGE DCOUNT DCOUNTA DGET DMAX DMIN DPRODUCT DSTDEV
DSTDEVP DVAR DVARP N T TYPE ISREF ISFORMULA FORMULATEXT
"""
_OF_ARRAYS = "SUMPRODUCT MMULT MDETERM MINVERSE TRANSPOSE SUMX2MY2 SUMX2PY2 SUMXMY2 FREQUENCY"
_KINDS = {
    **dict.fromkeys(_OF_SCALARS.split(), "s"),
    **dict.fromkeys(_OF_RANGES.split(), "r"),
    **dict.fromkeys(_OF_ARRAYS.split(), "a"),
    "LOOKUP": "sa",
    "XLOOKUP": "srrss",
    "XMATCH": "srs",
    "IF": "sr",
    "VLOOKUP": "srs",
    "HLOOKUP": "srs",
    "MATCH": "srs",
    "INDEX": "rs",
    "CHOOSE": "sr",
    "OFFSET": "rs",
    "INDIRECT": "s",
    "SUMIF": "rsr",
    "AVERAGEIF": "rsr",
    "COUNTIF": "rs",
    "SUMIFS": "r(rs)",
    "AVERAGEIFS": "r(rs)",
    "MAXIFS": "r(rs)",
    "MINIFS": "r(rs)",
    "COUNTIFS": "(rs)",
    "NPV": "sr",
    "IRR": "rs",
    "MIRR": "rs",
    "XNPV": "sr",
    "XIRR": "rrs",
    "FVSCHEDULE": "sr",
    "LARGE": "rs",
    "SMALL": "rs",
    "RANK": "srs",
    "RANK.EQ": "srs",
    "RANK.AVG": "srs",
    "PERCENTILE": "rs",
    "PERCENTILE.INC": "rs",
    "PERCENTILE.EXC": "rs",
    "QUARTILE": "rs",
    "QUARTILE.INC": "rs",
    "QUARTILE.EXC": "rs",
    "PERCENTRANK": "rs",
    "PERCENTRANK.INC": "rs",
    "PERCENTRANK.EXC": "rs",
    "TRIMMEAN": "rs",
    "SUBTOTAL": "sr",
    "AGGREGATE": "ssr",
    "TEXTJOIN": "ssr",
    "FORECAST": "sr",
    "FORECAST.LINEAR": "sr",
    "NETWORKDAYS": "ssr",
    "NETWORKDAYS.INTL": "sssr",
    "WORKDAY": "ssr",
    "WORKDAY.INTL": "sssr",
    "SERIESSUM": "sssr",
    "PROB": "rrs",
}
_LIFTED_BY_ENGINE = frozenset({"IF", "IFERROR", "IFNA", "CHOOSE", "OFFSET", "INDIRECT"})
_ARRAY_RESULTS = "IF INDEX OFFSET INDIRECT CHOOSE TRANSPOSE MMULT MINVERSE FREQUENCY LOOKUP MUNIT"
_MAY_BE_ARRAYS = frozenset(_ARRAY_RESULTS.split())


def argument_kind(name: str, position: int) -> str:
    """What a function wants as an argument, counted from 0: "s", "r" or "a".

    >>> argument_kind("VLOOKUP", 0), argument_kind("VLOOKUP", 1), argument_kind("SUMIFS", 4)
    ('s', 'r', 's')
    >>> argument_kind("NOSUCHTHING", 0)
    'r'
    """
    pattern = _KINDS.get(name, "r")
    if pattern.endswith(")"):
        first, repeated = pattern[:-1].split("(")
        return first[position] if position < len(first) else repeated[(position - len(first)) % len(repeated)]
    return pattern[min(position, len(pattern) - 1)]


def is_lifted(name: str, position: int) -> bool:
    """Whether a function given several values there is to be calculated for each, which the engine leaves to us."""
    return name in _KINDS and argument_kind(name, position) == "s" and name not in _LIFTED_BY_ENGINE


def returns_single_value(name: str) -> bool:
    """Whether a function is known to give one value where it is given single ones and ranges as it wants them."""
    return name in _KINDS and name not in _MAY_BE_ARRAYS
