"""The wiring: everything that knows all the rooms at once. create_app, the command line, the worker, the broker."""
