from importlib import resources
from pathlib import Path

import pandas as pd
import pytest


@pytest.fixture(scope="session")
def sleepstudy():
    """Reaction times of Belenky et al. (2003), doi:10.1046/j.1365-2869.2003.00337.x, as in R's lme4."""
    wide = pd.read_csv(Path(__file__).with_name("sleepstudy.csv"))
    return wide.melt("Subject", var_name="Days", value_name="Reaction").astype({"Days": int})


@pytest.fixture(scope="session")
def food():
    """Food expenditure of 38 households (Griffiths, Hill & Judge 1993), as installed with statsmodels."""
    path = resources.files("statsmodels") / "othermod" / "tests" / "results" / "foodexpenditure.csv"
    if not path.is_file():
        pytest.skip("statsmodels terpasang tanpa data ujinya (foodexpenditure.csv)")
    return pd.read_csv(str(path))
