"""Getting inputs: files, archives, feeds, pages."""
