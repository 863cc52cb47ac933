"""Former place of the short values, now :mod:`pkanalysis.show.values`."""

from pkanalysis.show.values import (
    achieved as achieved,
)
from pkanalysis.show.values import (
    aim as aim,
)
from pkanalysis.show.values import (
    count as count,
)
from pkanalysis.show.values import (
    day as day,
)
from pkanalysis.show.values import (
    gap as gap,
)
from pkanalysis.show.values import (
    measured as measured,
)
from pkanalysis.show.values import (
    percent as percent,
)
from pkanalysis.show.values import (
    plain as plain,
)
from pkanalysis.show.values import (
    points as points,
)
from pkanalysis.show.values import (
    rupiah as rupiah,
)
from pkanalysis.show.values import (
    target_of as target_of,
)
