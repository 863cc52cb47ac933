"""Former names of the page, now :mod:`pkanalysis.show.page`."""

from pkanalysis.show.page import Page as Setting
from pkanalysis.show.page import page as city_setting
from pkanalysis.show.page import page as setting

__all__ = ["Setting", "city_setting", "setting"]
