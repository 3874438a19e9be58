"""Hypothesis profiles: `--hypothesis-profile=nightly` draws 100,000 examples for each property."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

settings.register_profile("quick", max_examples=60, deadline=None, suppress_health_check=_SLOW, derandomize=True)
settings.register_profile("nightly", max_examples=100_000, deadline=None, suppress_health_check=_SLOW)
settings.load_profile("quick")
