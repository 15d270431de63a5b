"""The controls of the kit: each shows its key, follows the theme and works from the keyboard."""
