"""Pure functions of arrays and frames: no files, no plotting, no globals."""
