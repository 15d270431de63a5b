"""The panels of the house: guests that use the same two doors, api and kit, as third parties do."""
