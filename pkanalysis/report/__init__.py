"""Running notebooks and turning them into reports: parameters, engine, pages, batch, index, manifest."""
