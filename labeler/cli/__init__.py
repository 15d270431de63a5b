"""The command line: the same core as the app, without a window. Names and JSON keys are a contract."""
