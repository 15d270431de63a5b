"""The Data page: every task of the project in one table, with search and filters."""
