from pathlib import Path

import pandas as pd
import pytest


@pytest.fixture(scope="session")
def sleepstudy():
    """Reaction times of Belenky et al. (2003), doi:10.1046/j.1365-2869.2003.00337.x, as in R's lme4."""
    wide = pd.read_csv(Path(__file__).with_name("sleepstudy.csv"))
    return wide.melt("Subject", var_name="Days", value_name="Reaction").astype({"Days": int})
